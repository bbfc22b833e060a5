//! HTML read by a browser's parser, for tests.
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A page, and what a browser's parser found wrong with it.
pub struct Page {
    dom: RcDom,
}

impl Page {
    pub fn read(text: &str) -> Self {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
        Self { dom }
    }

    pub fn faults(&self) -> Vec<String> {
        self.dom.errors.borrow().iter().map(ToString::to_string).collect()
    }

    /// All elements, in the order of reading.
    pub fn elements(&self) -> Vec<Element> {
        let mut found = Vec::new();
        collect(&self.dom.document, &mut found);
        found
    }

    /// All elements of this name.
    pub fn named(&self, name: &str) -> Vec<Element> {
        let mut elements = self.elements();
        elements.retain(|element| element.name == name);
        elements
    }
}

pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    handle: Handle,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// All text within.
    pub fn text(&self) -> String {
        let mut text = String::new();
        read(&self.handle, &mut text);
        text
    }

    /// Elements within.
    pub fn within(&self, name: &str) -> Vec<Element> {
        let mut found = Vec::new();
        self.handle
            .children
            .borrow()
            .iter()
            .for_each(|child| collect(child, &mut found));
        found.retain(|element| element.name == name);
        found
    }
}

fn collect(handle: &Handle, found: &mut Vec<Element>) {
    if let NodeData::Element { name, attrs, .. } = &handle.data {
        found.push(Element {
            name: name.local.to_string(),
            attributes: attrs
                .borrow()
                .iter()
                .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
                .collect(),
            handle: handle.clone(),
        });
    }
    handle.children.borrow().iter().for_each(|child| collect(child, found));
}

fn read(handle: &Handle, text: &mut String) {
    if let NodeData::Text { contents } = &handle.data {
        text.push_str(&contents.borrow());
    }
    handle.children.borrow().iter().for_each(|child| read(child, text));
}
