//! What `site.toml` says: the address of the site.

/// `https://host/` or `https://host/path/`, in characters that stand in an address as they are.
pub fn is_site_address(address: &str) -> bool {
    let after = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let odd = |it: char| it.is_whitespace() || it.is_control() || "?#\\\"'<>：／。，".contains(it);
    after.is_some_and(|it| !it.starts_with(['/', '.']) && it.ends_with('/') && !it.contains("//") && !it.contains(odd))
}

#[cfg(test)]
mod tests {
    use super::is_site_address;

    #[test]
    fn an_address_is_whole() {
        assert!(
            ["https://ziping.example/", "http://10.1.2.3:8080/zp/", "https://自评.cn/"]
                .iter()
                .all(|it| is_site_address(it))
        );
        for wrong in [
            "",
            "ziping.example/",
            "https://ziping.example",
            "https:/ziping.example/",
            "http:///",
            "https://",
            "httpx://ziping.example/",
            "https://a.example/?x/",
            "https://a.example/#/",
            "https://a .example/",
            "https：//a.example/",
            "https://a.example//zp/",
            "https://a.example\\zp/",
        ] {
            assert!(!is_site_address(wrong), "{wrong}");
        }
    }
}
