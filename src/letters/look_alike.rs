//! Characters that look like a 汉字 and are none: radicals, which copying from a PDF makes of letters, and characters
//! that stand for a letter in other systems of characters.

use crate::compatible::compatible;

/// The letters that the supplementary radicals from U+2E80 on stand for, by Unicode's list of equivalent ideographs;
/// in place of those without one, themselves. Normalising knows only two of them.
const RADICALS: &str = concat!(
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂",
    "肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
);

/// The letter that this one stands for; any other character as it is.
pub fn plain(letter: char) -> char {
    match letter {
        '\u{2e80}'..='\u{2eff}' => RADICALS.chars().nth(letter as usize - 0x2e80).unwrap_or(letter),
        // normalising gives letters of other countries
        '\u{2f3e}' => '户',
        '\u{2fad}' => '青',
        '\u{31d0}' => '一',
        '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => compatible(letter),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_radical_is_a_letter() {
        for (radicals, letters) in [
            ("⻋⻓⻅⻚⻢⻛⻔⻝⻘⻩⺠⺟⻄⻣⻥", "车长见页马风门食青黄民母西骨鱼"),
            ("⼀⼆⼈⼯⼭⽣⽔⽕⽊⾦⼟⾼⽤⽅⾯⼼⼿⽇⽉", "一二人工山生水火木金土高用方面心手日月"),
            ("⼾⾭\u{31d0}", "户青一"),
            ("\u{f900}\u{f98e}\u{fa0c}\u{2f801}", "豈年兀丸"),
        ] {
            assert_eq!(radicals.chars().map(plain).collect::<String>(), letters);
        }
        let others = "车工A1〇々（\u{2eff}\u{2fdf}\u{fa0e}";
        assert_eq!(others.chars().map(plain).collect::<String>(), others);
        // what is plain stays so
        assert!(('\0'..=char::MAX).all(|it| plain(plain(it)) == plain(it)));
    }
}
