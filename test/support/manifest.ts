/** A connector of nobody's, small and complete: what somebody could register. */
export const helpdesk = `connector: helpdesk
title: Help desk
about: "Support: the people who ask"
version: "1"
base_url: https://api.helpdesk.example
auth:
  key:
    kind: bearer
    about: Under Settings, Keys.
  oauth:
    kind: oauth2
    about: An app of your own.
    authorize: https://login.helpdesk.example/authorize
    token: https://login.helpdesk.example/token
    scopes: [people.read]
check:
  get: /me
  account: name
objects:
  people:
    title: People
    entity: customer
    id: id
    deletes: They are not seen.
    empty: null
    fields:
      name: name
      email: email | email
    list:
      get: /people
      records: items
`;
