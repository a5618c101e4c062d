//! What a page says before something is passed on: who can open an address, and what a code does not take along.

use ziping::bytes::crc::crc24;
use ziping::carrier::Reach::{self, Everyone, Inside, Machine, Nobody};
use ziping::carrier::{By, Take, Unreadable, cut, pack, reach, taken, unpack};
use ziping::dossier::{Dossier, overlong};

use crate::carrier_laws::known;
use crate::{EMPLOYER, editions};

/// Addresses as a browser has them, and who can open them.
const ADDRESSES: [(Reach, &[&str]); 4] = [
    (
        Everyone,
        &[
            "https://zp.example.org/a/",
            "https://rst.example.gov.cn",
            "http://zp.test.cn/",
            "http://8.8.8.8:80/",
            "http://172.15.0.1/",
            "http://172.32.0.1/",
            "http://100.63.0.1/",
            "http://100.128.0.1/",
            "http://192.169.1.1/",
            "http://10.com/",
            "https://192.168.com/x",
            "http://[2001:db8::1]/",
            "http://[::ffff:8.8.8.8]:80/",
        ],
    ),
    (
        Inside,
        &[
            "http://10.1.2.3/zp/",
            "http://192.168.1.8:8080/",
            "http://172.16.0.9/",
            "http://172.31.255.1/",
            "http://169.254.3.4/",
            "http://100.64.0.1?a",
            "http://100.127.0.1#a",
            "http://[fd00::8]/",
            "http://[fc00::8]:8080/",
            "http://[FE80::1]/",
            "http://[fe9a::1]/",
            "http://[fea0::1]/",
            "http://[febf::1]/",
            "http://rsj-server/zp/",
            "http://RSJ:81",
            "http://zp.local/",
            "http://zp.lan:81",
            "http://zp.rsj.internal/",
            "http://zp.intranet/",
            "http://zp.home/",
            "http://zp.corp/",
            "http://zp.localdomain./",
        ],
    ),
    (
        Machine,
        &[
            "null",
            "",
            "file:///C:/zp/",
            "ftp://zp.example.org/",
            "http://127.0.0.1:8080/",
            "http://127.8.8.8/",
            "http://0.0.0.0/",
            "http://LOCALHOST:8080/",
            "http://localhost./",
            "http://a.localhost/",
            "https://",
            "http://[::1]:8080/",
            "http://[::]/",
        ],
    ),
    (Nobody, &["https://ziping.example/", "http://a.test/", "http://a.invalid:80"]),
];

#[test]
fn only_what_everyone_can_open_is_for_everyone() {
    for (who, addresses) in ADDRESSES {
        for address in addresses {
            assert_eq!(reach(address), who, "{address}");
        }
    }
}

/// Texts that are too long are told where they are to go along, and arrive as what is told says.
#[test]
fn what_a_code_does_not_take_along_is_told_before() {
    let mut dossier = Dossier::new("某".repeat(203), EMPLOYER, &editions()[0], &[1]);
    dossier.sheets[0].set_note(4, "备".repeat(510));
    let told = |unit: bool, notes: bool| {
        let all = cut(known(), &dossier, Take { unit, notes, day: None });
        all.into_iter().map(|it| (it.what, it.by)).collect::<Vec<_>>()
    };
    let (unit, note) = (("单位名称".to_owned(), 3), ("1-4 备注".to_owned(), 10));
    assert_eq!(told(true, true), [unit.clone(), note.clone()]);
    assert_eq!((told(true, false), told(false, true), told(false, false)), (vec![unit], vec![note], Vec::new()));
    let arrives = taken(known(), &dossier, Take { unit: true, notes: true, day: None }).expect("a known edition");
    assert_eq!((arrives.unit.chars().count(), arrives.sheets[0].note(4).chars().count()), (200, 500));
    assert_eq!(overlong(&arrives), []);
    dossier.edition = "none".to_owned();
    assert_eq!(cut(known(), &dossier, Take { unit: true, notes: true, day: None }), []);
}

/// Nobody ever wrote a version 0: a record that says so was altered. One that says more is of a newer program.
#[test]
fn a_record_of_no_version_is_an_altered_one() {
    let dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &[1]);
    let record = pack(known(), &dossier, Take::default()).expect("a record");
    let of_version = |version: u8| {
        let mut body = record[..record.len() - 3].to_vec();
        body[0] = body[0] & !7 | version;
        let sum = crc24(&body).to_le_bytes();
        body.extend(&sum[..3]);
        unpack(known(), &body, By::Link)
    };
    let n = record.len();
    assert_eq!(of_version(1).map(|it| it.dossier.sheets.len()), Ok(1));
    assert_eq!(of_version(0).map(|_| ()), Err(Unreadable::Altered { received: n, expected: n }));
    for version in 2..8 {
        assert_eq!(of_version(version).map(|_| ()), Err(Unreadable::Newer), "{version}");
    }
}
