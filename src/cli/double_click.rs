//! `ziping` without a word of what to do. In Windows that is a double click: the site beside the program is served and opened,
//! and the window stays until what went wrong was read. Elsewhere it is a mistake, and help is shown.

use std::io::BufRead;
use std::path::{self, Path};
use std::process::ExitCode;

use anyhow::{Result, anyhow};

/// Is it a double click? Explorer starts a program without arguments; so does whoever types its name, and gets the same.
pub fn is_double_click(system: &str, arguments: usize) -> bool {
    system == "windows" && arguments == 0
}

/// Serves what lies in the folder, or says that there is nothing; where it ends with an error, `say` is told of it and a line
/// is waited for. `serve` ends only with one.
pub fn run(
    folder: Option<&Path>,
    serve: impl FnOnce(&Path) -> Result<()>,
    say: impl Fn(String),
    mut input: impl BufRead,
) -> ExitCode {
    let served = match folder {
        Some(folder) => {
            // without a word where the program is the folder is `.`, which tells nobody anything
            let named = path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            say(format!("正在打开 {} 里的网站，浏览器会自动打开。关闭这个窗口，就不再能看。", named.display()));
            say("编辑 content、rubrics、style 里的文件并保存，网页自动更新；在命令行里输入 ziping --help 看其他用法。"
                .to_owned());
            serve(folder)
        }
        None => Err(anyhow!(
            "程序旁边没有网站的数据（content、rubrics 文件夹和 site.toml）。请把压缩包全部解压，再双击解压出来的 ziping.exe"
        )),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(format!("ziping: {}", super::in_chinese(&error)));
            say("按回车键关闭这个窗口。".to_owned());
            // a window that is closed, or none, ends it too
            let _ = input.read_line(&mut String::new());
            ExitCode::from(super::BROKEN)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io::Cursor;

    use super::*;

    #[test]
    fn only_windows_takes_no_arguments_as_a_double_click() {
        assert!(is_double_click("windows", 0));
        assert!(!is_double_click("windows", 1) && !is_double_click("linux", 0) && !is_double_click("macos", 0));
    }

    #[test]
    fn what_goes_wrong_is_told_and_waits_to_be_read() {
        let all = |folder: Option<&str>, error: &'static str| {
            let told = RefCell::new(String::new());
            let mut input = Cursor::new(b"\nmore".to_vec());
            let say = |words: String| told.borrow_mut().push_str(&(words + "\n"));
            run(folder.map(Path::new), |it| Err(anyhow!("{error} {}", it.display())), say, &mut input);
            (told.into_inner(), input.position())
        };
        let here = path::absolute("站点").expect("a folder");
        let (told, read) = all(Some("站点"), "坏了");
        assert!(told.contains(&format!("正在打开 {} 里的网站", here.display())), "{told}");
        assert!(told.contains("ziping: 坏了 站点\n按回车键关闭这个窗口。") && read == 1, "{told}");
        let (told, read) = all(None, "not reached");
        assert!(told.contains("请把压缩包全部解压") && !told.contains("not reached") && read == 1, "{told}");
    }
}
