//! What became of the mutants, in words.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::explained;
use crate::list::Mutant;
use crate::run::End;

/// Writes `summary.txt`, `survivors.txt` and `unfit.txt`, and prints the first.
pub fn write(
    root: &Path,
    to: &Path,
    areas: &[String],
    all: &[Mutant],
    ends: &[End],
    left_out: &[String],
) -> Result<()> {
    let names = explained::names(all);
    let reasons = explained::read(&root.join("xtask/mutants/explained"), &names)?;
    let is_borne = |end: End| matches!(end, End::Survived | End::Unreached | End::Suspected);
    let is_explained = |at: usize| is_borne(ends[at]) && reasons.contains_key(&names[at]);
    let mut summary = String::from(
        "area       mutants  unfit  failed  endless  survived  unreached  suspected  explained  untried\n",
    );
    let mut line = |name: &str, is: &dyn Fn(&Mutant) -> bool| {
        let count =
            |is_counted: &dyn Fn(usize) -> bool| (0..all.len()).filter(|at| is(&all[*at]) && is_counted(*at)).count();
        let n = |end: End| count(&|at| ends[at] == end && !is_explained(at));
        let _ = writeln!(
            summary,
            "{name:10} {:7} {:6} {:7} {:8} {:9} {:10} {:10} {:10} {:8}",
            count(&|_| true),
            n(End::Unfit),
            n(End::Failed),
            n(End::Endless),
            n(End::Survived),
            n(End::Unreached),
            n(End::Suspected),
            count(&is_explained),
            n(End::Untried),
        );
    };
    for name in areas {
        line(name, &|it| it.area() == name);
    }
    line("all", &|_| true);
    let _ = writeln!(summary, "\ntests left out: {}", left_out.join(", "));
    print!("\n{summary}");
    fs::write(to.join("summary.txt"), summary)?;
    for (at, name) in names.iter().enumerate().filter(|it| reasons.contains_key(it.1)) {
        if matches!(ends[at], End::Failed | End::Endless) {
            println!("explained, and noticed: {name}");
        }
    }
    // with its line, for whoever looks for it, and as the tables call it
    let line = |word: &str, at: usize| format!("{word} {}: {}\n", all[at].span.start.line, names[at]);
    let of = |wanted: &[(End, &str)]| -> String {
        let word = |at: usize| wanted.iter().find(|of| of.0 == ends[at] && !is_explained(at)).map(|it| it.1);
        (0..all.len()).filter_map(|at| Some(line(word(at)?, at))).collect()
    };
    fs::write(
        to.join("survivors.txt"),
        of(&[(End::Survived, "survived"), (End::Unreached, "unreached"), (End::Suspected, "suspected")]),
    )?;
    Ok(fs::write(to.join("unfit.txt"), of(&[(End::Unfit, "unfit")]))?)
}
