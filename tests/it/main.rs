//! All tests in one program: worked cases and laws for the scoring, comparison of data and pages with the document, the
//! search, adding files, the command line, and rules about the code itself.
#![allow(clippy::disallowed_methods, reason = "tests read their own files")]

mod announced;
mod anywhere;
mod arbitrary;
mod authoring;
mod beside_laws;
mod broken;
mod built;
mod carrier;
mod carrier_edges;
mod carrier_laws;
mod cases;
mod circles;
mod cli;
mod clerk;
mod code_cli;
mod compare;
mod compare_laws;
mod concordance;
mod contrast;
mod copied;
mod csv_cli;
mod data;
mod desk;
mod desk_cli;
mod desk_laws;
mod docx;
mod documents;
mod filing;
mod filing_edges;
mod evidence;
mod several_editions;
mod every_field;
mod foreign;
mod foreign_in;
mod form;
mod form_cli;
mod form_laws;
mod form_merge;
mod fuzz;
#[path = "../../fuzz/foreign.rs"]
mod fuzz_foreign;
#[path = "../../fuzz/kept.rs"]
mod fuzz_kept;
#[path = "../../fuzz/targets.rs"]
mod fuzz_targets;
mod history;
mod host;
mod import_annexes;
mod import_cli;
mod import_layouts;
mod import_rows;
mod import_tables;
mod hosts;
mod later;
mod kept;
mod laws;
mod leaves;
mod in_part;
mod invented;
mod limits;
mod kinds;
mod kinds_edges;
mod kinds_laws;
mod kinds_words;
mod rubric_near;
mod lines;
mod line_ends;
mod lines_cli;
mod mangled;
mod merge_laws;
mod merge_lists;
mod markup;
mod mirror;
mod mirror_asked;
mod mirror_sides;
mod mirror_waits;
mod marks;
mod masked;
mod names;
mod notice_links;
mod new;
mod office;
mod offline;
mod once;
mod packet;
mod panel;
mod panel_laws;
mod panel_near;
mod papers;
mod passed_on;
mod places;
mod plan;
mod plan_cli;
mod plan_laws;
mod plan_table;
mod plan_tried;
mod pasted;
mod pasted_tables;
mod placed;
mod qr;
mod record_bounds;
mod records;
mod run_on;
mod release;
mod machine;
mod made_by;
mod mutations;
mod review;
mod review_laws;
mod review_words;
mod revised;
mod roster;
mod roster_cells;
mod schema;
mod schema_files;
mod scope;
mod scope_laws;
mod search;
mod serve;
mod served;
mod settled;
mod shelf;
mod shelf_bin;
mod shelf_panel;
mod shelf_sheets;
mod shown;
mod slips;
mod spreadsheet;
mod styles;
mod tables;
mod tidy;
mod told;
mod touched_laws;
mod typed;
mod unpacked;
mod vectors;
mod versions;
mod workbooks;
mod worst;
mod wrapped_laws;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use ziping::cli::score_lines;
use ziping::load::{Loaded, load};
use ziping::rubric::{Applicant, ApplicantKind, Edition};

/// A path in the repository.
fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn read(relative: &str) -> String {
    let path = path(relative);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The real site.
fn site() -> &'static Loaded {
    static SITE: OnceLock<Loaded> = OnceLock::new();
    SITE.get_or_init(|| load(&path("")).expect("the site can be read"))
}

fn editions() -> &'static [Edition] {
    &site().editions
}

/// The kinds of applicant of the real site, in their order.
const EMPLOYER: Applicant = Applicant(0);
const SCHOOL: Applicant = Applicant(1);
const SOCIAL: Applicant = Applicant(2);

fn kind(applicant: Applicant) -> &'static ApplicantKind {
    editions()[0].kind(applicant)
}

/// The results of a few lines, scored in memory.
fn scored(lines: &str, explain: bool) -> Vec<Value> {
    let mut out = Vec::new();
    score_lines(editions(), explain, lines.as_bytes(), &mut out, |_| {}).expect("memory can be written");
    let out = String::from_utf8(out).expect("JSON is UTF-8");
    out.lines().map(|it| serde_json::from_str(it).unwrap_or_else(|error| panic!("{error} in {it}"))).collect()
}

/// All files below a folder with this extension, sorted by name.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|it| it.expect("the folder can be listed").path()) {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Fails if there are problems, and lists all of them.
fn none_of(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}
