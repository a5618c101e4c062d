//! How far an address reaches: one of this machine, or of a network inside a house, says nothing to whoever is elsewhere.

/// Who can open an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Everyone,
    /// Whoever is in the same network.
    Inside,
    /// Nobody but this machine.
    Machine,
    /// Nobody: a name that stands for none, as in examples.
    Nobody,
}

/// Of an address as a browser has it, `https://host:port/…`; a page opened as a file has none.
pub fn reach(address: &str) -> Reach {
    let Some(after) = after_scheme(address) else { return Reach::Machine };
    let end = after.bytes().position(|it| matches!(it, b'/' | b'?' | b'#')).unwrap_or(after.len());
    let host = after.get(..end).unwrap_or_default().to_ascii_lowercase();
    if let Some(six) = host.strip_prefix('[') {
        return match six.split(']').next().unwrap_or_default() {
            "::1" | "::" => Reach::Machine,
            it if ["fc", "fd", "fe8", "fe9", "fea", "feb"].iter().any(|inner| it.starts_with(inner)) => Reach::Inside,
            _ => Reach::Everyone,
        };
    }
    let host = host.split(':').next().unwrap_or_default().trim_end_matches('.');
    let last = host.rsplit('.').next().unwrap_or_default();
    // a name may begin as such an address does
    let numbers: Option<Vec<u8>> = host.split('.').map(|it| it.parse().ok()).collect();
    match (&numbers.unwrap_or_default()[..], last) {
        ([127, _, _, _] | [0, 0, 0, 0], _) | ([], "" | "localhost") => Reach::Machine,
        ([10, _, _, _] | [192, 168, _, _] | [172, 16..=31, _, _] | [169, 254, _, _] | [100, 64..=127, _, _], _) => {
            Reach::Inside
        }
        (_, "example" | "invalid" | "test") => Reach::Nobody,
        (_, "local" | "lan" | "internal" | "intranet" | "home" | "corp" | "localdomain") => Reach::Inside,
        _ if host == last => Reach::Inside,
        _ => Reach::Everyone,
    }
}

/// What stands behind `https://`; none where it is no address of the web.
fn after_scheme(address: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|it| address.strip_prefix(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_everyone_can_open_are_for_everyone() {
        let of = |reach: Reach, addresses: &[&str]| {
            for it in addresses {
                assert_eq!(super::reach(it), reach, "{it}");
            }
        };
        of(
            Reach::Everyone,
            &["https://zp.example.org/a/", "http://172.32.0.1/", "http://8.8.8.8:80/", "http://[2001:db8::1]/"],
        );
        of(Reach::Everyone, &["https://rst.example.gov.cn", "http://10.com/", "https://192.168.com/x"]);
        of(Reach::Everyone, &["http://10.1.2.3.example.com/", "http://127.0.0.1.example.com/"]);
        of(
            Reach::Machine,
            &["null", "file:///C:/zp/", "", "http://127.0.0.1:8080/", "http://127.8.8.8/", "http://LOCALHOST:8080/"],
        );
        of(Reach::Machine, &["http://[::1]:8080/", "http://a.localhost/", "http://0.0.0.0/", "http://localhost./"]);
        of(
            Reach::Inside,
            &["http://10.1.2.3/zp/", "http://192.168.1.8:8080/", "http://172.16.0.9/", "http://172.31.255.1/"],
        );
        of(
            Reach::Inside,
            &[
                "http://rsj-server/zp/",
                "http://zp.local/",
                "http://zp.lan:81",
                "http://169.254.3.4/",
                "http://[fd00::8]/",
            ],
        );
        of(Reach::Nobody, &["https://ziping.example/", "http://a.test/", "http://10.1.2.3.test/"]);
    }
}
