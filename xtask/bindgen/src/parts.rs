//! Takes the linked app apart: a main module, and modules that the browser fetches for the pages that need them.
//!
//! `wasm_split_cli_support` does the work, by the linker's relocations. It names a module that one part needs after the
//! part; what several need it numbers, and says in its script which parts those are. Ours are named after all parts that
//! need them: `case`, `case-meet`.
//!
//! Browsers that run the JavaScript build get one module for each part, with all that its pages need, made from what was
//! linked: in a module taken apart, data may lie at addresses that wasm2js cannot read numbers from.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use walrus::{ExportItem, FunctionId, ImportKind, Module};

use crate::{merge, panics};

/// How the names of a seam begin, on both of its sides.
const SEAM: &str = "__wasm_split_00";

/// The files that the parts are gathered in, by the parts that need them: a piece goes into the first file that all its
/// parts load, so those that cost least stand first; what fits in none of them all pages load. Each part
/// taken apart by itself is 200 files, so whatever is small goes along with something bigger: see the figures in
/// ARCHITECTURE.md.
const FILES: [&str; 96] = [
    "plan",
    "roster",
    "workbook",
    "packet",
    "evidence",
    "roster workbook",
    "evidence versions",
    "packet workbook",
    "words",
    "join",
    "compare",
    "start",
    "scope",
    "panel",
    "mine",
    "packet plan words",
    "evidence packet plan roster workbook",
    "form packet",
    "plan send",
    "mine words",
    "compare packet roster versions",
    "evidence packet roster scope",
    "form scope",
    "join packet plan words workbook",
    "panel start workbook",
    "evidence join packet roster words workbook",
    "join start words",
    "evidence panel plan send",
    "form packet start workbook",
    "join roster scope words",
    "packet panel roster scope versions",
    "form packet plan roster scope workbook",
    "compare panel plan send versions",
    "desk",
    "form panel start words",
    "form packet panel roster send workbook",
    "compare mine panel send",
    "desk evidence packet plan roster workbook",
    "desk packet panel plan",
    "compare evidence form join packet panel plan roster versions words workbook",
    "compare desk plan roster scope versions",
    "desk evidence panel roster scope versions workbook",
    "desk evidence form packet plan roster scope workbook",
    "compare desk form packet panel versions",
    "desk evidence form packet panel plan roster scope versions",
    "desk evidence form join packet panel plan roster words workbook",
    "compare desk evidence form mine packet panel roster scope",
    "dossier",
    "open",
    "compare desk evidence mine packet panel roster scope send start",
    "dossier evidence roster",
    "dossier mine packet plan workbook",
    "compare open panel",
    "dossier form packet scope",
    "dossier evidence join packet roster words workbook",
    "compare dossier packet plan versions words workbook",
    "form open packet panel send",
    "dossier form join packet start workbook",
    "compare mine open panel roster workbook",
    "dossier form packet plan roster scope words workbook",
    "form open panel scope send",
    "join mine open panel start workbook",
    "desk form open packet",
    "dossier panel plan roster scope send start versions workbook",
    "compare desk open panel",
    "desk dossier evidence form packet start",
    "desk dossier form join packet start words",
    "compare desk evidence mine open packet panel roster workbook",
    "desk dossier form join packet scope start",
    "compare desk dossier evidence form packet plan roster scope versions",
    "desk dossier evidence mine packet panel plan roster scope workbook",
    "compare desk form open packet panel send",
    "compare desk evidence form open packet panel plan roster scope versions",
    "compare desk evidence form open packet panel plan roster send versions workbook",
    "compare desk dossier form packet panel plan scope send versions words",
    "compare desk form mine open packet panel roster scope send workbook",
    "compare desk form mine open packet panel scope send words workbook",
    "compare desk form join mine open packet panel send start words workbook",
    "sheet",
    "panel plan sheet",
    "compare dossier join mine open panel roster start workbook",
    "evidence form packet plan roster send sheet start versions",
    "join packet panel plan roster scope sheet words workbook",
    "evidence join mine packet panel plan roster scope sheet start versions workbook",
    "compare desk dossier evidence form open packet panel roster scope send start versions words workbook",
    "desk evidence form packet panel plan roster scope sheet versions",
    "compare evidence join mine packet panel plan roster scope send sheet start versions",
    "compare desk form join packet panel scope sheet versions workbook",
    "compare desk dossier evidence form join mine open packet panel plan roster scope send start versions words workbook",
    "dossier evidence join packet panel plan roster scope sheet versions words workbook",
    "dossier evidence form join packet panel plan roster scope sheet start versions workbook",
    "compare dossier evidence join mine packet panel plan roster scope send sheet start versions",
    "compare desk evidence form join open packet panel plan roster sheet workbook",
    "compare desk dossier evidence form mine packet panel plan roster scope send sheet start versions",
    "compare desk evidence form join mine open packet panel plan roster scope send sheet start workbook",
    "compare desk dossier evidence form join mine open packet panel plan roster sheet versions words workbook",
];
/// The pages that share one module in browsers that run the JavaScript build.
pub const GROUPS: [&str; 5] = [
    "form join sheet words",
    "dossier join mine scope start words",
    "form join open send words",
    "compare desk join panel words",
    "evidence join packet plan roster versions workbook words",
];

/// What became of a linked module.
pub struct Apart {
    pub main: Vec<u8>,
    /// By the parts that need it.
    pub modules: BTreeMap<BTreeSet<String>, Vec<u8>>,
}

/// `None` for a module that has no seams.
pub fn apart(linked: &[u8], scratch: &Path) -> Result<Option<Apart>> {
    if !linked.windows(SEAM.len()).any(|it| it == SEAM.as_bytes()) {
        return Ok(None);
    }
    if scratch.exists() {
        fs::remove_dir_all(scratch)?;
    }
    let main = scratch.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(linked);
    (options.output_dir, options.main_out_path) = (scratch, &main);
    let made = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:#}"))?;

    let mut needed_by: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (part, files) in made.prefetch_map {
        for file in files {
            needed_by.entry(file).or_default().insert(part.clone());
        }
    }
    let all: BTreeSet<String> = needed_by.values().flatten().cloned().collect();
    let files: Vec<BTreeSet<String>> = FILES.iter().map(|it| it.split(' ').map(str::to_owned).collect()).collect();
    let mut gathered: BTreeMap<BTreeSet<String>, Vec<Vec<u8>>> = BTreeMap::new();
    for (file, parts) in needed_by {
        let module = fs::read(scratch.join(format!("{file}.wasm"))).with_context(|| format!("cannot read {file}"))?;
        let into = files.iter().find(|it| it.is_superset(&parts)).unwrap_or(&all);
        gathered.entry(into.clone()).or_default().push(module);
    }
    let merged = gathered.into_iter().map(|(parts, modules)| Ok((parts, merge::merged(&modules)?)));
    Ok(Some(Apart { main: fs::read(&main)?, modules: merged.collect::<Result<_>>()? }))
}

impl Apart {
    /// What was linked, as one module for some of the parts. What only others need does nothing in it, so that nobody has to
    /// download it.
    pub fn only(&self, group: &[&str], linked: &[u8]) -> Result<Vec<u8>> {
        let mut module = read(linked)?;
        let mut times: HashMap<String, u32> = HashMap::new();
        for name in module.funcs.iter().filter_map(|it| it.name.clone()) {
            *times.entry(name).or_default() += 1;
        }
        // each function is in one module; a call to one that is elsewhere goes by way of a function with a longer name
        let mut elsewhere: HashSet<String> = HashSet::new();
        for (_, other) in self.modules.iter().filter(|it| !group.iter().any(|part| it.0.contains(*part))) {
            elsewhere.extend(read(other)?.funcs.iter().filter_map(|it| it.name.clone()));
        }
        let dead = |id: FunctionId| {
            let name = module.funcs.get(id).name.as_deref();
            name.is_some_and(|it| elsewhere.contains(it) && times[it] == 1)
        };
        let dead: Vec<FunctionId> = module.funcs.iter_local().map(|it| it.0).filter(|it| dead(*it)).collect();
        for id in dead {
            panics::trap(&mut module, id);
        }
        join(&mut module, group)?;
        Ok(module.emit_wasm())
    }
}

/// Leads each seam to the part behind it, where that is wanted.
fn join(module: &mut Module, group: &[&str]) -> Result<()> {
    let seams: Vec<(FunctionId, String)> = module
        .imports
        .iter()
        .filter_map(|it| {
            let name = it.name.strip_prefix(SEAM)?.replace("_import_", "_export_");
            match it.kind {
                ImportKind::Function(id) => Some((id, format!("{SEAM}{name}"))),
                _ => None,
            }
        })
        .collect();
    for (id, other_side) in seams {
        let export = module.exports.iter().find(|it| it.name == other_side).context("a seam has one side only")?;
        let ExportItem::Function(there) = export.item else { bail!("`{other_side}` is no function") };
        module.exports.delete(export.id());
        let wanted = group.iter().any(|part| other_side.starts_with(&format!("{SEAM}{part}00_")));
        module.replace_imported_func(id, |(body, args)| {
            if wanted {
                for arg in args {
                    body.local_get(*arg);
                }
                body.call(there);
            } else {
                body.unreachable();
            }
        })?;
    }
    Ok(())
}

fn read(module: &[u8]) -> Result<Module> {
    Module::from_buffer(module)
}
