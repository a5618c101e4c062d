//! How much text is taken at once. It is told in words before any work is done with it: a browser that is given ten million
//! characters stands still for seconds before our program sees one of them.

/// The most characters that are pasted or dropped at once: a declaration of a thousand rows has fewer.
pub const PASTED: usize = 200_000;
/// The same where hundreds of records are expected.
pub const PILE: usize = 2_000_000;
/// No table of ours has a tenth of these columns, and each is shown with a field of its own.
const COLUMNS: usize = 200;

/// Why so many characters are not taken where `most` are.
pub fn too_long(n: usize, most: usize) -> Option<String> {
    let told = || format!("没有放入：有 {n} 字，这里一次最多 {most} 字，请分几次放，或改用文件。");
    (most < n).then(told)
}

/// Why a text is not taken as a table.
pub fn too_wide(text: &str) -> Option<String> {
    let n = text.split('\n').map(|line| line.bytes().filter(|it| *it == b'\t').count()).max().unwrap_or_default();
    (COLUMNS <= n).then(|| format!("没有放入：表格有 {} 列，最多 {COLUMNS} 列，请只选要用的列。", n + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_told_in_words() {
        assert_eq!(too_long(PASTED, PASTED), None);
        let told = too_long(10_000_000, PASTED).expect("too long");
        assert_eq!(told, "没有放入：有 10000000 字，这里一次最多 200000 字，请分几次放，或改用文件。");
        assert_eq!(too_wide(&"一\t二\t三\n".repeat(10_000)), None);
        assert_eq!(too_wide(&"\t".repeat(199)), None);
        let told = too_wide(&format!("一\n{}", "\t".repeat(100_000))).expect("too wide");
        assert!(told.contains("表格有 100001 列，最多 200 列"), "{told}");
    }
}
