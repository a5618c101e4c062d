//! Markup that is put together by hand, for what stands around the views.

/// HTML being written: markup of this program as it is, and text, which is escaped.
#[derive(Default)]
pub struct Html(String);

impl Html {
    /// Markup, which must come from this program.
    pub fn raw(&mut self, markup: &str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Html {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                other => self.0.push(other),
            }
        }
        self
    }

    pub fn done(self) -> String {
        self.0
    }
}
