//! How an XML part begins: what the reader would misread in silence.
//!
//! Only the lines before the root element matter: a document type can stand nowhere else.

/// Looks at the encoding and the lines before the root element; gives the part from the root element on.
///
/// # Errors
/// Why the part must not be read, in Vietnamese, to follow “Thành phần … ”.
pub(super) fn root(part: &[u8]) -> Result<&str, &'static str> {
    // Without a mark, UTF-16 shows by the zero half of `<`.
    if part.starts_with(&[0xFF, 0xFE]) || part.starts_with(&[0xFE, 0xFF]) || part.iter().take(2).any(|byte| *byte == 0)
    {
        return Err("dùng bảng mã UTF-16, không đọc đúng được");
    }
    let text = std::str::from_utf8(part).map_err(|_| "không ở bảng mã UTF-8 hoặc bị hỏng")?;
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = if let Some(inside) = rest.strip_prefix("<?") {
            let (declaration, after) = inside.split_once("?>").ok_or(CUT)?;
            encoding(declaration, part)?;
            after
        } else if let Some(inside) = rest.strip_prefix("<!--") {
            inside.split_once("-->").ok_or(CUT)?.1
        } else if rest.starts_with("<!") {
            return Err("có khai báo DOCTYPE, sổ tính bình thường không có");
        } else {
            return Ok(rest);
        };
        rest = after.trim_start();
    }
}

const CUT: &str = "bị cắt cụt";

/// A declared encoding must be the one the part is in.
fn encoding(declaration: &str, part: &[u8]) -> Result<(), &'static str> {
    let Some((_, value)) = declaration.split_once("encoding") else { return Ok(()) };
    let value: String = value.trim_start_matches([' ', '=', '"', '\'']).to_ascii_lowercase();
    if value.starts_with("utf-16") || value.starts_with("ucs-2") || value.starts_with("iso-10646") {
        Err("khai bảng mã UTF-16, không đọc đúng được")
    } else if value.starts_with("utf-8") || value.starts_with("utf8") || part.is_ascii() {
        Ok(())
    } else {
        Err("khai bảng mã khác UTF-8, chữ có dấu sẽ đọc sai")
    }
}

/// A number in an attribute of the root element.
pub(super) fn root_number(root: &str, attribute: &str) -> Option<u64> {
    let tag = &root[..root.find('>')?];
    let (_, value) = tag.split_once(&format!(" {attribute}="))?;
    let digits: String = value.chars().skip(1).take_while(char::is_ascii_digit).collect();
    Some(digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_utf8_without_a_document_type_is_read() {
        for (part, expected) in [
            (&b"<a/>"[..], Ok("<a/>")),
            (b"\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?>\n<!-- x --> <a/>", Ok("<a/>")),
            (b"<?xml version='1.0' encoding='windows-1258'?><a/>", Ok("<a/>")),
            ("<?xml version='1.0' encoding='windows-1258'?><a>đ</a>".as_bytes(), Err("khác UTF-8")),
            (b"<?xml version='1.0' encoding=\"utf-16\"?><a/>", Err("UTF-16")),
            (b"\xFF\xFE<\0a\0", Err("UTF-16")),
            (b"<\0a\0", Err("UTF-16")),
            (b"\0<\0a", Err("UTF-16")),
            (b"<a>\xE1\xBB</a>", Err("không ở bảng mã UTF-8")),
            (b"<?xml version='1.0'?>\n<!-- <!DOCTYPE a> --><!DOCTYPE a []><a/>", Err("DOCTYPE")),
            (b"<?xml", Err(CUT)),
        ] {
            match (root(part), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected),
                (Err(found), Err(expected)) => assert!(found.contains(expected), "{found}"),
                (found, _) => panic!("{}: {found:?}", String::from_utf8_lossy(part)),
            }
        }
    }

    #[test]
    fn numbers_are_taken_from_the_root_element_only() {
        assert_eq!(root_number("<sst count=\"9\" uniqueCount='12'>", "uniqueCount"), Some(12));
        assert_eq!(root_number("<sst uniqueCount=\"99999999999999999999999\">", "uniqueCount"), Some(u64::MAX));
        assert_eq!(root_number("<sst><si uniqueCount=\"1\"/>", "uniqueCount"), None);
    }
}
