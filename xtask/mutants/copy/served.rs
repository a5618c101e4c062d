//! Runs tests in children of one process that has read the site already. Added to a copy of the tests by
//! `cargo xtask mutants`, which writes `<number> <test>:<seconds> <test>:<seconds> …` a line, and reads how each line
//! ended.

use std::io::{Write, stdin, stdout};
use std::sync::atomic::Ordering::Relaxed;

use ziping::mutant::{ACTIVE, REACHED, RECORD};

use super::MUTANT_TESTS;

unsafe extern "C" {
    fn fork() -> i32;
    fn wait4(pid: i32, status: *mut i32, options: i32, used: *mut [i64; 18]) -> i32;
    fn alarm(seconds: u32) -> u32;
    fn _exit(status: i32) -> !;
    fn setrlimit(resource: i32, limit: *const [u64; 2]) -> i32;
    fn getrusage(who: i32, used: *mut [i64; 18]) -> i32;
}
/// What a child may have: seconds of the processor, and memory, as a mutant may go on or allocate for ever.
const PROCESSOR: i32 = 0;
const ADDRESSES: i32 = 9;

#[test]
fn mutants() {
    let Ok(folder) = std::env::var("MUTANTS_REACHED") else { return };
    let tests: Vec<(String, fn())> = MUTANT_TESTS
        .iter()
        .flat_map(|it| it.1.iter().map(move |test| (format!("{}::{}", it.0, test.0), test.1)))
        .collect();
    ACTIVE.store(RECORD, Relaxed);
    let cold = std::env::var("MUTANTS_COLD").is_ok();
    if !cold {
        crate::site();
    }
    let threads = std::fs::read_dir("/proc/self/task").expect("linux").count();
    // libtest's own thread waits for this one
    assert!(threads <= 2, "{threads} threads: what they hold would be held for ever in a child");
    for (at, test) in tests.iter().enumerate() {
        println!("\ntest {at} {}", test.0);
    }
    std::fs::write(format!("{folder}/before"), reached()).expect("written");
    println!("\nready");
    for line in stdin().lines() {
        let line = line.expect("a line");
        let (number, chosen) = line.split_once(' ').expect("a mutant and tests");
        let number: u32 = number.parse().expect("a number");
        let chosen = chosen.split(' ').map(|it| it.split_once(':').expect("a test and its limit"));
        let chosen: Vec<(usize, u64)> =
            chosen.map(|it| (it.0.parse().expect("a test"), it.1.parse().expect("seconds"))).collect();
        let child = unsafe { fork() };
        if child == 0 {
            child_runs(number, cold, &chosen, &tests, &folder);
        }
        let (mut status, mut used) = (0, [0; 18]);
        unsafe { wait4(child, &mut status, 0, &mut used) };
        let millis = (used[0] + used[2]) * 1000 + (used[1] + used[3]) / 1000;
        let how = match (status & 0x7f, status >> 8 & 0xff) {
            (0, 0) => "passed",
            (0, _) => "failed",
            // the alarm, or the processor
            (14 | 24, _) => "late",
            _ => "died",
        };
        println!("\nended {number} {how} {}", millis.max(1));
        stdout().flush().expect("written");
    }
}

/// From now on, so many seconds of the processor; more by the clock, for one that only waits.
fn limit(seconds: u64) {
    let mut used = [0; 18];
    unsafe {
        getrusage(0, &mut used);
        let soft = (used[0] + used[2] + 1) as u64 + seconds;
        setrlimit(PROCESSOR, &[soft, u64::MAX]);
        alarm(60 + 20 * seconds as u32);
    }
}

fn child_runs(number: u32, cold: bool, chosen: &[(usize, u64)], tests: &[(String, fn())], folder: &str) -> ! {
    unsafe { setrlimit(ADDRESSES, &[3 << 30, 3 << 30]) };
    std::panic::set_hook(Box::new(move |told| {
        if number == RECORD {
            eprintln!("{told}");
        }
        unsafe { _exit(1) }
    }));
    REACHED.iter().for_each(|it| it.store(0, Relaxed));
    ACTIVE.store(number, Relaxed);
    limit(20);
    if cold {
        crate::site();
    }
    for (at, seconds) in chosen {
        limit(*seconds);
        tests[*at].1();
    }
    if number == RECORD {
        let name = chosen.first().map_or_else(String::new, |it| it.0.to_string());
        std::fs::write(format!("{folder}/{name}"), reached()).expect("written");
    }
    unsafe { _exit(0) }
}

fn reached() -> String {
    let all = REACHED.iter().enumerate().filter(|it| it.1.load(Relaxed) != 0);
    all.map(|it| format!("{}\n", it.0)).collect()
}
