import { type Answer, json, type Request } from "../http.ts";
import { bodyOf, isObject, type JsonObject } from "./body.ts";
import { type Result, typeOf } from "./collections.ts";
import { type Data, type DataRoute, dataRoute, objectOf, savingOf } from "./data-route.ts";
import { tooMany, Trouble, unreadable } from "./errors.ts";
import type { SObject } from "./fields.ts";

type Made = { referenceId: string; id: string };
type Failed = { referenceId: string; errors: Result["errors"] };

const MOST = 200;

/** Thrown where a record of a tree is refused, which undoes the whole tree. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly failed: Failed;

  constructor(failed: Failed) {
    super(failed.referenceId);
    this.failed = failed;
  }
}

/** `/composite/tree/Account`: records with their children, all of them or none. */
export function treeRoutes(data: Data): DataRoute[] {
  const { organisation, schema, writer, read } = data;

  function plant(request: Request, record: JsonObject, parent: Record<string, string>): Made[] {
    const object = typeOf(data, record);
    const referenceId = referenceOf(record);
    const children = Object.entries(record).flatMap(([name, value]) => childrenIn(object, name, value)); // prettier-ignore
    const rest = Object.fromEntries(
      Object.entries(record).filter(([name]) => !children.some((child) => child.name === name)),
    );
    try {
      const values = { ...read(object, rest, "create"), ...parent };
      const { Id: id } = writer.create(object, values, savingOf(request));
      const below = children.flatMap(({ records, by }) =>
        records.flatMap((child) => plant(request, child, { [by]: id })),
      );
      return [{ referenceId, id }, ...below];
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      const errors = error.problems.map(({ errorCode, message, fields = [] }) => ({
        statusCode: errorCode,
        message,
        fields,
      }));
      throw new Refused({ referenceId, errors });
    }
  }

  /** `"Contacts": {"records": […]}` */
  function childrenIn(object: SObject, name: string, value: unknown) {
    if (object.name !== "Account" || !isObject(value) || !Array.isArray(value["records"]))
      return [];
    const child = schema.all.find(({ plural }) => plural.toLowerCase() === name.toLowerCase());
    const records = value["records"].filter(isObject);
    return child === undefined ? [] : [{ name, by: "AccountId", records }];
  }

  return dataRoute("POST", "/composite/tree/:object", (request): Answer => {
    const object = objectOf(data, request);
    const { records } = bodyOf(request);
    if (!Array.isArray(records) || records.length === 0 || !records.every(isObject))
      throw unreadable("The records have to be a list of sObject trees");
    if (records.some((record) => typeOf(data, record) !== object))
      throw unreadable(`The records have to be of type ${object.name}`);
    try {
      const results = organisation.atomically(() => {
        const made = records.flatMap((record) => plant(request, record, {}));
        if (made.length > MOST) throw tooMany(MOST);
        return made;
      });
      return json(201, { hasErrors: false, results });
    } catch (error) {
      if (error instanceof Refused) return json(400, { hasErrors: true, results: [error.failed] });
      throw error;
    }
  });
}

function referenceOf({ attributes }: JsonObject): string {
  const id = isObject(attributes) ? attributes["referenceId"] : undefined;
  if (typeof id === "string" && id !== "") return id;
  throw unreadable("Each record of a tree has to have a referenceId in its attributes");
}
