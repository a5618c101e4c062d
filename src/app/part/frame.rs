//! What stands around every page: the way about at the top, whose words these are at the foot.

use leptos::prelude::*;

use crate::app::part::notice;
use crate::app::{Route, State};

pub fn frame(state: State, page: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let links = [(Route::Rubrics, "评估要点"), (Route::Mine, "我的自评"), (Route::About, "使用说明")];
    let links = links.map(|(route, name)| {
        let href = state.href(&route);
        let current = move || state.route.with(|it| section(it) == section(&route)).then_some("page");
        view! { <a href=href aria-current=current>{name}</a> }
    });
    view! {
        <a class="skip" href="#main">"跳到正文"</a>
        <header class="top">
            <div class="wrap">
                <a class="brand" href=state.href(&Route::Home)>
                    <b>"自评"</b>
                    <span>"职业技能等级评价机构备案"</span>
                </a>
                <nav aria-label="网站栏目">{links.into_view()}</nav>
            </div>
        </header>
        {notice::storage(state)}
        <main id="main" class="wrap">{page}</main>
        <footer class="foot">
            <div class="wrap">
                <p>"自评结果，仅供参考，非官方结论。数据只保存在本机浏览器，不会上传。"</p>
                <p>{state.edition().as_of.clone()}"。"</p>
            </div>
        </footer>
    }
    .into_any()
}

/// Where the boot script says how it goes, until the app takes the page over.
pub fn boot_message() -> AnyView {
    view! {
        <p id="boot" class="boot" role="status">"正在载入填报功能…"</p>
        <noscript><p class="boot">"浏览器关闭了脚本，不能在线填写；本页内容可以直接阅读和打印。"</p></noscript>
    }
    .into_any()
}

/// The link of the header under which a page belongs.
fn section(route: &Route) -> u8 {
    match route {
        Route::Home | Route::Missing | Route::Start(_) => 0,
        Route::Rubrics | Route::Rubric(_) => 1,
        Route::Mine | Route::Dossier(_) | Route::Sheet(..) | Route::Form(..) => 2,
        Route::About => 3,
    }
}
