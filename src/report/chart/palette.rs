//! Colours that colour-blind readers tell apart (Okabe and Ito, *Color Universal Design*, 2008), and greys.

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl Colour {
    /// This colour mixed with white; `strength` 1 leaves it as it is.
    pub(super) fn tint(self, strength: f64) -> Self {
        let mix = |part: u8| {
            let mixed = 255.0 - (255.0 - f64::from(part)) * strength.clamp(0.0, 1.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 255"
            )]
            let part = mixed.round() as u8;
            part
        };
        Self(mix(self.0), mix(self.1), mix(self.2))
    }
}

pub(super) const BLUE: Colour = Colour(0x00, 0x72, 0xB2);
pub(super) const SKY: Colour = Colour(0x56, 0xB4, 0xE9);
pub(super) const VERMILLION: Colour = Colour(0xD5, 0x5E, 0x00);
pub(super) const GREEN: Colour = Colour(0x00, 0x9E, 0x73);
pub(super) const PURPLE: Colour = Colour(0xCC, 0x79, 0xA7);

pub(super) const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);
/// Titles.
pub(super) const INK: Colour = Colour(0x1F, 0x24, 0x2B);
/// Labels and notes.
pub(super) const GREY: Colour = Colour(0x5B, 0x63, 0x6E);
/// Axes, and what was the case before.
pub(super) const MIST: Colour = Colour(0xA3, 0xAA, 0xB3);
/// Grid lines.
pub(super) const GRID: Colour = Colour(0xE3, 0xE6, 0xEA);
