//! What goes wrong around the program, in Chinese: errors of the system, each with the name of its file.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

/// Says something to a person. Where nobody listens any more, nothing is said: that is no reason to fail.
pub fn say(words: impl Display) {
    let _ = writeln!(io::stderr(), "{words}");
}

/// The error and what led to it, from the outermost to the system's own word.
pub fn in_chinese(error: &anyhow::Error) -> String {
    let words = error.chain().map(|cause| match cause.downcast_ref::<io::Error>() {
        Some(of_system) => of_io(of_system),
        None => cause.to_string(),
    });
    let mut all: Vec<String> = Vec::new();
    for words in words {
        // an error that only passes another one on says the same as that one
        if all.last() != Some(&words) {
            all.push(words);
        }
    }
    all.join("：")
}

/// Why the system did not read or write something.
pub fn of_io(error: &io::Error) -> String {
    // a sentence of ours
    if error.raw_os_error().is_none() && error.get_ref().is_some() {
        return error.to_string();
    }
    let words = match error.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::IsADirectory => "是一个文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中有一段是文件，不是文件夹",
        ErrorKind::AlreadyExists => "已有同名的文件或文件夹",
        ErrorKind::DirectoryNotEmpty => "文件夹里还有文件",
        ErrorKind::StorageFull => "磁盘已满",
        ErrorKind::QuotaExceeded => "已用完分给您的磁盘空间",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::ReadOnlyFilesystem => "所在的磁盘只能读，不能写",
        ErrorKind::InvalidFilename => "文件名太长，或含有不能用的字符",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "正被另一个程序使用",
        ErrorKind::CrossesDevices => "不在同一个磁盘上",
        ErrorKind::BrokenPipe => "接收输出的程序已经结束",
        ErrorKind::InvalidData => "不是 UTF-8 编码，请在编辑器里另存为 UTF-8",
        ErrorKind::UnexpectedEof => "没有读到应有的内容，文件可能被截断",
        ErrorKind::TimedOut => "等待太久，没有回应",
        ErrorKind::OutOfMemory => "内存不够",
        ErrorKind::AddrInUse => "端口已被占用",
        _ => {
            let number = error.raw_os_error();
            return number.map_or_else(|| "读写失败".to_owned(), |it| format!("读写失败（系统错误 {it}）"));
        }
    };
    words.to_owned()
}
