//! Pictures to bytes, through the backends of plotters.

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, RGBColor, TextStyle};

use super::draw::ChartError;
use super::font;
use super::palette::{Colour, WHITE};
use super::picture::{Anchor, Area, Mark, Picture, Point, Text};

/// Backends count in whole numbers; a picture is drawn this much larger, so that lines keep their shape.
const SVG_SCALE: f64 = 10.0;
/// A PNG is drawn this much larger ...
const PNG_SCALE: f64 = 3.0;
/// ... and every square of this many pixels becomes one, which smooths the edges.
const PNG_SHRINK: usize = 2;
/// Pixels in a square.
const SQUARE: u16 = 4;

/// The picture as an SVG document.
pub(super) fn svg(picture: &Picture) -> Result<Vec<u8>, ChartError> {
    let size = (
        whole(picture.width * SVG_SCALE),
        whole(picture.height * SVG_SCALE),
    );
    let mut document = String::new();
    {
        let backend = SVGBackend::with_string(&mut document, size);
        let mut sheet = Sheet {
            backend,
            scale: SVG_SCALE,
            kind: Kind::Svg,
        };
        sheet.draw(picture)?;
    }
    let drawn = format!("width=\"{}\" height=\"{}\"", size.0, size.1);
    let shown = format!("width=\"{}\" height=\"{}\"", picture.width, picture.height);
    Ok(document.replacen(&drawn, &shown, 1).into_bytes())
}

/// The picture as a PNG image of one and a half times its size in pixels.
pub(super) fn png(picture: &Picture) -> Result<Vec<u8>, ChartError> {
    let (width, height) = (
        whole(picture.width * PNG_SCALE),
        whole(picture.height * PNG_SCALE),
    );
    let mut pixels = vec![255; width as usize * height as usize * 3];
    {
        let backend = BitMapBackend::with_buffer(&mut pixels, (width, height));
        let mut sheet = Sheet {
            backend,
            scale: PNG_SCALE,
            kind: Kind::Bitmap,
        };
        sheet.draw(picture)?;
    }
    let small = shrink(&pixels, width as usize);
    let shrink = u32::try_from(PNG_SHRINK).unwrap_or(1);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width / shrink, height / shrink);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(ChartError::drawing)?;
    writer
        .write_image_data(&small)
        .map_err(ChartError::drawing)?;
    writer.finish().map_err(ChartError::drawing)?;
    Ok(bytes)
}

/// Every square of pixels as one, of their mean colour.
fn shrink(pixels: &[u8], width: usize) -> Vec<u8> {
    let mut small = Vec::with_capacity(pixels.len() / (PNG_SHRINK * PNG_SHRINK));
    let mut sums = vec![0_u16; width / PNG_SHRINK * 3];
    for rows in pixels.chunks_exact(width * 3 * PNG_SHRINK) {
        sums.fill(0);
        for row in rows.chunks_exact(width * 3) {
            for (sum, square) in sums
                .chunks_exact_mut(3)
                .zip(row.chunks_exact(PNG_SHRINK * 3))
            {
                for pixel in square.chunks_exact(3) {
                    sum[0] += u16::from(pixel[0]);
                    sum[1] += u16::from(pixel[1]);
                    sum[2] += u16::from(pixel[2]);
                }
            }
        }
        let of_square = |sum: &u16| u8::try_from(sum / SQUARE).unwrap_or(u8::MAX);
        small.extend(sums.iter().map(of_square));
    }
    small
}

fn whole(length: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates; sheets are small and have no negative side"
    )]
    let length = length.round() as u32;
    length
}

/// What a backend does its own way.
#[derive(Clone, Copy)]
enum Kind {
    Svg,
    Bitmap,
}

/// A backend with its scale.
struct Sheet<B> {
    backend: B,
    scale: f64,
    kind: Kind,
}

impl<B: DrawingBackend> Sheet<B> {
    fn draw(&mut self, picture: &Picture) -> Result<(), ChartError> {
        self.backend
            .ensure_prepared()
            .map_err(ChartError::drawing)?;
        let all = Area {
            left: 0.0,
            top: 0.0,
            right: picture.width,
            bottom: picture.height,
        };
        self.fill(all, WHITE)?;
        for mark in &picture.marks {
            match mark {
                Mark::Line {
                    points,
                    width,
                    colour,
                } => self.line(points, *width, *colour)?,
                Mark::Band { edges, colour } => self.band(edges, *colour)?,
                Mark::Fill(area, colour) => self.fill(*area, *colour)?,
                Mark::Dot { at, radius, colour } => self.dot(*at, *radius, *colour)?,
                Mark::Text(text) => self.text(text)?,
            }
        }
        self.backend.present().map_err(ChartError::drawing)
    }

    fn place(&self, (x, y): Point) -> (i32, i32) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "saturates; what lies off the sheet is not drawn"
        )]
        let place = (
            (x * self.scale).round() as i32,
            (y * self.scale).round() as i32,
        );
        place
    }

    fn line(&mut self, points: &[Point], width: f64, colour: Colour) -> Result<(), ChartError> {
        match self.kind {
            Kind::Svg => {
                let path: Vec<_> = points.iter().map(|point| self.place(*point)).collect();
                let style = rgb(colour).stroke_width(whole(width * self.scale).max(1));
                self.backend
                    .draw_path(path, &style)
                    .map_err(ChartError::drawing)
            }
            Kind::Bitmap => {
                for pair in points.windows(2) {
                    self.stroke(pair[0], pair[1], width, colour)?;
                }
                let corners = points
                    .get(1..points.len().saturating_sub(1))
                    .unwrap_or_default();
                corners
                    .iter()
                    .try_for_each(|corner| self.dot(*corner, width / 2.0, colour))
            }
        }
    }

    /// One straight piece of a line, as the rectangle it covers: the bitmap's own wide lines have ragged corners.
    fn stroke(
        &mut self,
        from: Point,
        to: Point,
        width: f64,
        colour: Colour,
    ) -> Result<(), ChartError> {
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        if length <= 0.0 {
            return Ok(());
        }
        let across = (
            (to.1 - from.1) / length * width / 2.0,
            (from.0 - to.0) / length * width / 2.0,
        );
        let corners = [
            (from.0 + across.0, from.1 + across.1),
            (to.0 + across.0, to.1 + across.1),
            (to.0 - across.0, to.1 - across.1),
            (from.0 - across.0, from.1 - across.1),
        ];
        self.polygon(&corners, colour)
    }

    fn band(&mut self, edges: &[(f64, f64, f64)], colour: Colour) -> Result<(), ChartError> {
        match self.kind {
            Kind::Svg => {
                let upper = edges.iter().map(|(x, upper, _)| (*x, *upper));
                let lower = edges.iter().rev().map(|(x, _, lower)| (*x, *lower));
                let outline: Vec<_> = upper.chain(lower).collect();
                self.polygon(&outline, colour)
            }
            Kind::Bitmap => edges.windows(2).try_for_each(|pair| {
                let ((left, left_upper, left_lower), (right, right_upper, right_lower)) =
                    (pair[0], pair[1]);
                let corners = [
                    (left, left_upper),
                    (right, right_upper),
                    (right, right_lower),
                    (left, left_lower),
                ];
                self.polygon(&corners, colour)
            }),
        }
    }

    fn polygon(&mut self, corners: &[Point], colour: Colour) -> Result<(), ChartError> {
        let corners: Vec<_> = corners.iter().map(|corner| self.place(*corner)).collect();
        self.backend
            .fill_polygon(corners, &rgb(colour))
            .map_err(ChartError::drawing)
    }

    fn fill(&mut self, area: Area, colour: Colour) -> Result<(), ChartError> {
        let from = self.place((area.left, area.top));
        let to = self.place((area.right, area.bottom));
        self.backend
            .draw_rect(from, to, &rgb(colour), true)
            .map_err(ChartError::drawing)
    }

    fn dot(&mut self, at: Point, radius: f64, colour: Colour) -> Result<(), ChartError> {
        let radius = whole(radius * self.scale).max(1);
        self.backend
            .draw_circle(self.place(at), radius, &rgb(colour), true)
            .map_err(ChartError::drawing)
    }

    fn text(&mut self, text: &Text) -> Result<(), ChartError> {
        // The backends disagree on what a size is, and on how far below its top the baseline of a text lies.
        let (size, drop) = match self.kind {
            Kind::Svg => (text.em * 1.24, text.em * 0.76),
            Kind::Bitmap => (font::bitmap_size(text.em), font::bitmap_size(text.em) / 2.0),
        };
        let h_pos = match text.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let family = FontFamily::Name(font::FAMILY);
        let colour = rgb(text.colour);
        let style = TextStyle::from(FontDesc::new(
            family,
            size * self.scale,
            text.weight.style(),
        ))
        .color(&colour)
        .pos(Pos::new(h_pos, VPos::Top));
        let at = self.place((text.at.0, text.at.1 - drop));
        self.backend
            .draw_text(&text.words, &style, at)
            .map_err(ChartError::drawing)
    }
}

fn rgb(Colour(red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}
