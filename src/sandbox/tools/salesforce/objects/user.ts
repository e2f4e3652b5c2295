import { datetime, email, flag, readOnly, sobject, text } from "../fields.ts";

/** Somebody who works with the organisation: who owns records. */
export const user = sobject(
  ["User", "User", "Users", "005"],
  {
    Username: readOnly(text("Username", 80)),
    LastName: readOnly(text("Last Name", 80)),
    FirstName: readOnly(text("First Name", 40)),
    Name: readOnly(text("Full Name", 121)),
    Email: readOnly(email("Email")),
    IsActive: readOnly(flag("Active")),
    TimeZoneSidKey: readOnly(text("Time Zone", 40)),
    CreatedDate: readOnly(datetime("Created Date")),
    SystemModstamp: readOnly(datetime("System Modstamp")),
  },
  false,
);
