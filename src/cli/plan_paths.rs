//! Paths of data files as seen from the folder of a plan.

use std::path::{Component, Path, PathBuf};

use super::exit::Failure;

/// The way from a folder to the one that paths of data files are relative to: relative where there is one.
pub(super) fn from_folder(data: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    let absolute = |path: &Path| {
        std::fs::canonicalize(path).map_err(|error| Failure::file("found", path, &error))
    };
    let (data, folder) = (absolute(data)?, absolute(folder)?);
    let alike = data.components().zip(folder.components());
    let shared = alike.take_while(|(one, other)| one == other).count();
    let is_rooted = |component: &Component<'_>| matches!(component, Component::Normal(_));
    if !data.components().take(shared).any(|part| is_rooted(&part)) && cfg!(windows) {
        return Ok(data);
    }
    let up = folder
        .components()
        .skip(shared)
        .map(|_| Component::ParentDir);
    Ok(up.chain(data.components().skip(shared)).collect())
}

/// The path of a data file from where the plan lies, with slashes as in any scenario.
pub(super) fn renamed(from: &Path, name: &str) -> String {
    if Path::new(name).is_absolute() {
        return name.to_owned();
    }
    let mut parts: Vec<Component<'_>> = Vec::new();
    let path = from.join(name);
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let path: PathBuf = parts.into_iter().collect();
    path.to_string_lossy().replace('\\', "/")
}
