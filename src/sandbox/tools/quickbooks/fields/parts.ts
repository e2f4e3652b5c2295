import { flag, ignored, object, text } from "./fields.ts";

export const reference = object({ value: text(100), name: text(500), type: text(100) });
export const phone = object({
  Id: ignored,
  DeviceType: text(30),
  CountryCode: text(10),
  AreaCode: text(10),
  ExchangeCode: text(10),
  Extension: text(10),
  FreeFormNumber: text(30),
  Default: flag,
  Tag: text(100),
});
export const address = object({
  Id: ignored,
  ...Object.fromEntries([1, 2, 3, 4, 5].map((line) => [`Line${String(line)}`, text(500)])),
  City: text(255),
  Country: text(255),
  CountryCode: text(10),
  County: text(25),
  CountrySubDivisionCode: text(255),
  PostalCode: text(30),
  PostalCodeSuffix: text(30),
  Lat: text(50),
  Long: text(50),
  Tag: text(100),
  Note: text(1000),
});

export const emailAddress = object({
  Id: ignored,
  Address: { kind: "email", max: 100 },
  Default: flag,
  Tag: text(100),
});
