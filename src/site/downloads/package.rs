//! The data package: what each file is (`datapackage.json`), and what the edition was built from (`manifest.json`).

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::release::Release;
use crate::site::downloads::table::Table;
use crate::site::page::Download;
use crate::vocabulary::Edition;

/// A file of the package.
pub struct Resource {
    /// Its description as a Tabular Data Resource.
    descriptor: Json,
}

impl Resource {
    /// Describes the CSV file of a table.
    pub fn of(table: &Table<'_>, file: &Download) -> Self {
        let fields: Vec<Json> = table
            .fields
            .iter()
            .map(|field| json!({ "name": field.name, "type": field.kind.schema_type(), "description": field.title }))
            .collect();
        let mut schema = json!({ "fields": fields, "missingValues": [""] });
        if table.key > 0 {
            schema["primaryKey"] = table.fields[..table.key].iter().map(|field| field.name).collect();
        }
        if !table.references.is_empty() {
            schema["foreignKeys"] = table.references.iter().map(|(field, other)| reference(field, other)).collect();
        }
        let descriptor = json!({
            "name": table.name,
            "path": format!("{}.csv", table.name),
            "title": table.title,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": file.size,
            "hash": format!("sha256:{}", file.sha256),
            "dialect": { "delimiter": ",", "lineTerminator": "\n", "doubleQuote": true },
            "schema": schema,
        });
        Self { descriptor }
    }
}

fn reference(field: &str, other: &str) -> Json {
    json!({ "fields": field, "reference": { "resource": other, "fields": field } })
}

/// `datapackage.json`: a Frictionless Data Package.
pub fn datapackage(release: &Release, resources: Vec<Resource>) -> Vec<u8> {
    let site = &release.definitions().site;
    let mut title = format!("{}: số liệu {}", site.title, site.province_name);
    if site.synthetic {
        title.push_str(" (SỐ LIỆU MINH HỌA)");
    }
    pretty(&json!({
        "profile": "tabular-data-package",
        "name": format!("tongket-{}-{}", site.province, release.edition().code()),
        "title": title,
        "description": match release.edition() {
            Edition::Internal => "Bản nội bộ: số liệu đầy đủ, không có thông tin về cá nhân.",
            Edition::Public => "Bản công khai: số nhỏ và số có thể suy ra số nhỏ không được công bố.",
        },
        "version": release.build_id(),
        "resources": resources.into_iter().map(|resource| resource.descriptor).collect::<Vec<_>>(),
    }))
}

/// `manifest.json`: which program, definitions, inputs and day this edition comes from.
/// The public edition names no inputs: which files there are is internal.
pub fn manifest(release: &Release) -> Vec<u8> {
    let site = &release.definitions().site;
    let inputs: Vec<Json> =
        release.inputs().iter().map(|(file, hash)| json!({ "file": &**file, "sha256": hash })).collect();
    pretty(&json!({
        "program": "tongket",
        "version": env!("CARGO_PKG_VERSION"),
        "edition": release.edition().code(),
        "as_of": release.as_of(),
        "build_id": release.build_id(),
        "period": release.current(),
        "province": &site.province,
        "synthetic": site.synthetic,
        "definitions_sha256": &release.definitions().hash,
        "inputs": inputs,
    }))
}

fn pretty(value: &Json) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("JSON of plain values can always be written");
    bytes.push(b'\n');
    bytes
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
