//! Nothing here: an address that is no page, or a dossier that is not on this machine.

use leptos::prelude::*;

use crate::app::{Route, State};

pub fn missing(state: State) -> AnyView {
    view! {
        <article class="read">
            <h1 tabindex="-1">"没有这个页面"</h1>
            <p>"地址可能不完整或已经改变。"</p>
            <p class="links"><a href=state.href(&Route::Home)>"回首页"</a><a href=state.href(&Route::Rubrics)>"评估要点"</a></p>
        </article>
    }
    .into_any()
}

/// The address names a dossier, but this browser does not have it.
pub fn no_dossier(state: State) -> AnyView {
    view! {
        <article class="read">
            <h1 tabindex="-1">"本机没有这份自评"</h1>
            <p>"自评只保存在填写时所用的那台电脑、那个浏览器里。换了电脑或清理过浏览器数据，请用备份文件恢复。"</p>
            <p class="links"><a href=state.href(&Route::Mine)>"我的自评"</a><a href=state.href(&Route::Home)>"新建自评"</a></p>
        </article>
    }
    .into_any()
}
