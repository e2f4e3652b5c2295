import { html } from "../markup.ts";
import { zip } from "./zip.ts";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "application/vnd.openxmlformats-officedocument";

/** Text, a paragraph a line, as a Word document. */
export function docx(text: string): Buffer {
  const paragraphs = text.split("\n").map(
    (line) =>
      html`<w:p
        ><w:r><w:t xml:space="preserve">${line}</w:t></w:r></w:p
      >`.markup,
  );
  return zip({
    "[Content_Types].xml": types([
      ["/word/document.xml", `${MAIN}.wordprocessingml.document.main+xml`],
    ]),
    "_rels/.rels": relations([["officeDocument", "word/document.xml"]]),
    "word/document.xml": `${XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs.join("")}</w:body></w:document>`,
  });
}

/** Rows of cells as a workbook with one sheet, every cell a text. */
export function xlsx(rows: readonly (readonly string[])[]): Buffer {
  const cells = rows.map((row, at) => {
    const written = row.map(
      (cell) =>
        html`<c t="inlineStr"
          ><is><t xml:space="preserve">${cell}</t></is></c
        >`.markup,
    );
    return `<row r="${String(at + 1)}">${written.join("")}</row>`;
  });
  const sheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  return zip({
    "[Content_Types].xml": types([
      ["/xl/workbook.xml", `${MAIN}.spreadsheetml.sheet.main+xml`],
      ["/xl/worksheets/sheet1.xml", `${MAIN}.spreadsheetml.worksheet+xml`],
    ]),
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/_rels/workbook.xml.rels": relations([["worksheet", "worksheets/sheet1.xml"]]),
    "xl/workbook.xml": `${XML}<workbook xmlns="${sheets}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/worksheets/sheet1.xml": `${XML}<worksheet xmlns="${sheets}"><sheetData>${cells.join("")}</sheetData></worksheet>`,
  });
}

function types(parts: [path: string, type: string][]): string {
  const overrides = parts.map(
    ([path, type]) => `<Override PartName="${path}" ContentType="${type}"/>`,
  );
  const defaults =
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>';
  return `${XML}<Types xmlns="${PACKAGE}/content-types">${defaults}${overrides.join("")}</Types>`;
}

function relations(targets: [kind: string, target: string][]): string {
  const all = targets.map(
    ([kind, target], at) =>
      `<Relationship Id="rId${String(at + 1)}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.join("")}</Relationships>`;
}
