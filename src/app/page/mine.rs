//! 我的自评: every dossier on this machine, the bin, and backup files in and out.

use leptos::prelude::*;

use crate::app::part::{frame, label, notice};
use crate::app::{Route, State, browser};
use crate::dossier::{Damage, Dossier, Found, read_backup};
use crate::rubric::Applicant;

pub fn mine(state: State) -> AnyView {
    if !state.live {
        return view! { <article class="read"><h1 tabindex="-1">"我的自评"</h1>{frame::boot_message()}</article> }.into_any();
    }
    let told = RwSignal::new(String::new());
    let opened = move |text: Result<String, &'static str>| {
        told.set(match text.map_err(str::to_owned).and_then(|it| read_backup(&it).map_err(words)) {
            Ok(dossiers) => {
                let n = dossiers.len();
                for it in dossiers {
                    state.create(Dossier { binned: None, ..it });
                }
                format!("已从备份文件恢复 {n} 份自评，原有的自评没有改动。")
            }
            Err(why) => format!("没有打开：{why}。原有的自评没有改动。"),
        });
    };
    view! {
        <article class="read wide">
            <h1 tabindex="-1">"我的自评"</h1>
            <p class="sub">"保存在本机的这个浏览器里。清理浏览器数据会删除全部自评，完成后请下载备份。"</p>
            {move || lists(state)}
            <h2>"新建"</h2>
            <p class="links">
                {[Applicant::Employer, Applicant::TechnicalSchool, Applicant::SocialOrganisation].map(|it| {
                    view! { <a href=state.href(&Route::Start(it))>{label::applicant(it)}</a> }
                }).into_view()}
            </p>
            <h2>"备份"</h2>
            <p><button type="button" class="quiet" on:click=move |_| notice::download_all(state, &all(state))>"下载全部备份"</button></p>
            <p>
                <label class="plain" for="file">"打开备份文件（恢复为新的自评，不覆盖原有的）"</label>
                <input type="file" id="file" accept=".json,.txt" on:change=move |event| browser::read_file(&event, opened)/>
            </p>
            <p role="status">{told}</p>
        </article>
    }
    .into_any()
}

fn words(why: Damage) -> String {
    match why {
        Damage::Broken => "文件损坏，或不是自评备份".to_owned(),
        Damage::Newer => "文件由较新版本的程序保存，请先更新".to_owned(),
    }
}

fn all(state: State) -> Vec<Dossier> {
    state.flush();
    let good = state.list().into_iter().filter_map(|it| match it {
        Found::Good { envelope, .. } => Some(envelope.dossier),
        Found::Damaged { .. } => None,
    });
    good.collect()
}

fn lists(state: State) -> AnyView {
    let (mut kept, mut binned, mut damaged) = (Vec::new(), Vec::new(), Vec::new());
    for found in state.list() {
        match found {
            Found::Good { id, envelope } if envelope.dossier.binned.is_none() => kept.push(line(state, id, &envelope.dossier, envelope.written)),
            Found::Good { id, envelope } => binned.push(line(state, id, &envelope.dossier, envelope.written)),
            Found::Damaged { id, raw } => damaged.push(view! {
                <li class="bad"><p>"一份自评已损坏，读不出来；原始数据没有动过。"</p>
                    <p class="links"><button type="button" class="link" on:click=move |_| { browser::download(&format!("损坏的自评-{id}.txt"), &raw); }>"下载原始数据"</button></p></li>
            }),
        }
    }
    let none = kept.is_empty().then(|| view! { <p class="hint">"还没有自评。"</p> });
    let bin = (!binned.is_empty()).then(|| view! { <h2>"回收站"</h2><ul class="sheets">{binned}</ul> });
    view! { <ul class="sheets">{kept}{damaged}</ul>{none}{bin} }.into_any()
}

fn line(state: State, id: String, dossier: &Dossier, written: u64) -> AnyView {
    let name = if dossier.unit.is_empty() { "未填单位".to_owned() } else { dossier.unit.clone() };
    let about = format!("{}，{} 张自评表，{} 保存", label::applicant(dossier.applicant), dossier.sheets.len(), browser::date(Some(written)));
    let at = (id.clone(), id.clone());
    let choices = if dossier.binned.is_some() {
        view! {
            <button type="button" class="link" on:click=move |_| state.bin(&at.0, false)>"恢复"</button>
            <button type="button" class="link danger" on:click=move |_| state.remove(&at.1)>"彻底删除"</button>
        }
        .into_any()
    } else {
        view! {
            <a href=state.href(&Route::Dossier(Some(id.clone())))>"打开"</a>
            <button type="button" class="link" on:click=move |_| state.bin(&at.0, true)>"移到回收站"</button>
        }
        .into_any()
    };
    let title = match dossier.binned {
        Some(_) => view! { {name} }.into_any(),
        None => view! { <a href=state.href(&Route::Dossier(Some(id)))>{name}</a> }.into_any(),
    };
    view! { <li><h3>{title}</h3><p>{about}</p><p class="links">{choices}</p></li> }.into_any()
}
