import { ACCOUNT_ID, users } from "./account.ts";
import type { Shown } from "./graphql/execute.ts";

const CREATED = "2025-01-06T08:00:00Z";

/** A user as GraphQL tells it; null where there is none of this id. */
export function userShown(id: string): Shown | null {
  const user = users.find((one) => one.id === id);
  if (user === undefined) return null;
  return {
    id,
    name: user.name,
    email: user.email,
    title: user.title,
    url: `https://harbour-and-sons.monday.com/users/${id}`,
    created_at: CREATED,
    account: accountShown,
    account_id: String(ACCOUNT_ID),
    kind: "MEMBER",
    status: user.status,
    is_deleted: false,
    is_email_confirmed: true,
    phone: null,
    mobile_phone: null,
    location: null,
    country_code: null,
    time_zone_identifier: "Europe/Paris",
    current_language: "en",
  };
}

export const accountShown = (): Shown => ({
  id: String(ACCOUNT_ID),
  name: "Harbour & Sons",
  slug: "harbour-and-sons",
  country_code: "FR",
  first_day_of_the_week: "monday",
  show_timeline_weekends: true,
  is_during_trial: false,
  is_trial_expired: false,
  active_members_count: users.filter(({ status }) => status === "ACTIVE").length,
  created_at: CREATED,
  tier: "pro",
  plan: { max_users: 10, period: "yearly", tier: "pro", version: 8 },
});
