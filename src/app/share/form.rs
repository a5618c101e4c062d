//! 评估表 to print and sign, with the code and the QR of its answers on it: whoever has the paper has the record.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::form as part;
use crate::app::part::html::{El, el};
use crate::app::route::Of;
use crate::carrier::{Take, pack, write_code};
use crate::dossier::{Dossier, Sheet};

use super::{carriers, known};

pub fn form(state: State, annex: u8, of: &Of) -> AnyView {
    part::form(state, annex, of, carried)
}

/// Of this sheet alone, without names: they stand on the paper anyway.
fn carried(state: State, dossier: &Dossier, sheet: &Sheet) -> Option<El> {
    let only = Dossier { sheets: vec![sheet.clone()], ..dossier.clone() };
    let record = pack(known(state), &only, Take::default())?;
    let link = carriers::link(state, &record);
    let qr = carriers::qr(&link);
    let dense = qr.is_none().then(|| el("p").text("内容较多，二维码会太密，复印后手机读不出来，因此不印。"));
    let about = "自评码：在“打开收到的自评”里输入，或用手机扫码，可以还原本表各项的填写（不含单位名称和备注）。";
    let words = el("div").child(carriers::code(&write_code(&record))).child(el("p").text(about)).maybe(dense);
    Some(el("div").class("carried").child(words).maybe(qr))
}
