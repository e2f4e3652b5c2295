import { NAMESPACE } from "./paths.ts";
import { ACCOUNT_ID } from "./sign-in.ts";
import { tagged } from "./errors.ts";

/** `users/get_current_account`: a person's account, without a team. */
export const currentAccount = {
  account_id: ACCOUNT_ID,
  name: {
    given_name: "Olivia",
    surname: "Berg",
    familiar_name: "Olivia",
    display_name: "Olivia Berg",
    abbreviated_name: "OB",
  },
  email: "olivia@harbour-and-sons.example",
  email_verified: true,
  disabled: false,
  country: "FR",
  locale: "en",
  referral_link: "https://db.tt/simulated",
  is_paired: false,
  account_type: tagged("pro"),
  root_info: tagged("user", { root_namespace_id: NAMESPACE, home_namespace_id: NAMESPACE }),
};
