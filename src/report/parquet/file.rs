//! Columns to a file, compressed by Snappy.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Whole,
    Number,
    Text,
}

/// The values of a column in some rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Values {
    Whole(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Text(Vec<Option<String>>),
}

impl Kind {
    /// No values of this kind yet.
    pub(super) fn values(self) -> Values {
        match self {
            Self::Whole => Values::Whole(Vec::new()),
            Self::Number => Values::Number(Vec::new()),
            Self::Text => Values::Text(Vec::new()),
        }
    }

    fn field(self, name: &str) -> Result<Type, ParquetError> {
        let (physical, logical) = match self {
            Self::Whole => (Physical::INT64, None),
            Self::Number => (Physical::DOUBLE, None),
            Self::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
    }
}

/// Writes columns by their names; `next` gives the values of some more rows, one list a column, and nothing at the end.
pub(super) fn write(
    columns: &[(String, Kind)],
    mut next: impl FnMut() -> Option<Vec<Values>>,
    out: &mut (impl Write + Send),
) -> io::Result<()> {
    let mut put = || -> Result<(), ParquetError> {
        let fields = columns
            .iter()
            .map(|(name, kind)| kind.field(name).map(Arc::new));
        let schema = Type::group_type_builder("channelmix")
            .with_fields(fields.collect::<Result<_, _>>()?)
            .build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        let mut file =
            SerializedFileWriter::new(&mut *out, Arc::new(schema), Arc::new(properties))?;
        while let Some(rows) = next() {
            let mut group = file.next_row_group()?;
            for values in &rows {
                if let Some(mut column) = group.next_column()? {
                    values.put(&mut column)?;
                    column.close()?;
                }
            }
            group.close()?;
        }
        file.close()?;
        Ok(())
    };
    put().map_err(io::Error::other)
}

impl Values {
    fn put(&self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        match self {
            Self::Whole(values) => put::<Int64Type>(column, values.iter().copied()),
            Self::Number(values) => put::<DoubleType>(column, values.iter().copied()),
            Self::Text(values) => {
                let bytes = |text: &Option<String>| text.as_deref().map(ByteArray::from);
                put::<ByteArrayType>(column, values.iter().map(bytes))
            }
        }
    }
}

fn put<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = Option<T::T>> + Clone,
) -> Result<(), ParquetError> {
    let there: Vec<i16> = values
        .clone()
        .map(|value| i16::from(value.is_some()))
        .collect();
    let known: Vec<T::T> = values.flatten().collect();
    column
        .typed::<T>()
        .write_batch(&known, Some(&there), None)?;
    Ok(())
}
