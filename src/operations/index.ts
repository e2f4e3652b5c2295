import { approvalsApprove } from "./approvals/approve.ts";
import { approvalsAsk } from "./approvals/ask.ts";
import { approvalsGet } from "./approvals/get.ts";
import { approvalsRefuse } from "./approvals/refuse.ts";
import { auditList } from "./audit/list.ts";
import { conflictsChoose } from "./conflicts/choose.ts";
import { conflictsList } from "./conflicts/list.ts";
import { conflictsOf } from "./conflicts/of.ts";
import { conflictsShow } from "./conflicts/show.ts";
import { connectionsAdd } from "./connections/add.ts";
import { connectionsCheck } from "./connections/check.ts";
import { connectionsInvite } from "./connections/invite.ts";
import { connectionsList } from "./connections/list.ts";
import { connectionsRemove } from "./connections/remove.ts";
import { connectorsList } from "./connectors/list.ts";
import { connectorsPropose } from "./connectors/propose.ts";
import { connectorsRemove } from "./connectors/remove.ts";
import { connectorsUse } from "./connectors/use.ts";
import { connectorsVersions } from "./connectors/versions.ts";
import type { OperationName } from "./contract.ts";
import { eventsChoose } from "./deliveries/choose.ts";
import { deliveriesList } from "./deliveries/list.ts";
import { deliveriesPlan, deliveriesReplay } from "./deliveries/replay.ts";
import { deliveriesSwitchOn } from "./deliveries/switch-on.ts";
import { digestOff } from "./digest/off.ts";
import { digestSet } from "./digest/set.ts";
import { digestShow } from "./digest/show.ts";
import { flowsAdd } from "./flows/add.ts";
import { flowsChange } from "./flows/change.ts";
import { flowsChoices } from "./flows/choices.ts";
import { flowsExport } from "./flows/export.ts";
import { flowsGet } from "./flows/get.ts";
import { flowsList } from "./flows/list.ts";
import { flowsPause } from "./flows/pause.ts";
import { flowsPreview } from "./flows/preview.ts";
import { flowsPreviewed } from "./flows/previewed.ts";
import { flowsRemoval } from "./flows/removal.ts";
import { flowsRemove } from "./flows/remove.ts";
import { flowsResume } from "./flows/resume.ts";
import { flowsSamples } from "./flows/samples.ts";
import { flowsTurnOn } from "./flows/turn-on.ts";
import { flowsUseVersion, flowsVersions } from "./flows/versions.ts";
import { hooksRenew } from "./hooks/renew.ts";
import { hooksShow } from "./hooks/show.ts";
import { hooksUnsubscribe } from "./hooks/unsubscribe.ts";
import { hubOwners } from "./hub/owners.ts";
import { hubSetOwners } from "./hub/set-owners.ts";
import { incidentsClose } from "./incidents/close.ts";
import { incidentsGet } from "./incidents/get.ts";
import { incidentsList } from "./incidents/list.ts";
import { incidentsSnooze } from "./incidents/snooze.ts";
import { lettersCorrect } from "./letters/correct.ts";
import { lettersDiscard } from "./letters/discard.ts";
import { lettersList } from "./letters/list.ts";
import { lettersOutcome } from "./letters/outcome.ts";
import { lettersRaw } from "./letters/raw.ts";
import { lettersPlan } from "./letters/plan.ts";
import { lettersRetry } from "./letters/retry.ts";
import { lettersShow } from "./letters/show.ts";
import { flowsDocs } from "./docs/docs.ts";
import { flowsMap } from "./map/map.ts";
import type { Operation } from "./operation.ts";
import { peopleGrant } from "./people/grant.ts";
import { peopleList } from "./people/list.ts";
import { peopleMe } from "./people/me.ts";
import { recipesList } from "./recipes/list.ts";
import { recipesUse } from "./recipes/use.ts";
import { runsCancel } from "./runs/cancel.ts";
import { runsGet } from "./runs/get.ts";
import { runsList } from "./runs/list.ts";
import { runsGoOn, runsPause } from "./runs/pause.ts";
import { runsStart } from "./runs/start.ts";
import { health } from "./system/health.ts";
import { workspaceApply } from "./workspace/apply.ts";
import { workspaceExport } from "./workspace/export.ts";
import { workspacePlan } from "./workspace/plan.ts";

/** Every operation. One that the contract names and is missing here does not compile. */
export const operations: { readonly [Name in OperationName]: Operation<Name> } = {
  "recipes.list": recipesList,
  "recipes.use": recipesUse,
  "flows.list": flowsList,
  "flows.get": flowsGet,
  "flows.map": flowsMap,
  "flows.docs": flowsDocs,
  "flows.pause": flowsPause,
  "flows.resume": flowsResume,
  "flows.preview": flowsPreview,
  "flows.previewed": flowsPreviewed,
  "flows.samples": flowsSamples,
  "flows.choices": flowsChoices,
  "flows.add": flowsAdd,
  "flows.change": flowsChange,
  "flows.turn-on": flowsTurnOn,
  "flows.removal": flowsRemoval,
  "flows.remove": flowsRemove,
  "flows.export": flowsExport,
  "flows.versions": flowsVersions,
  "flows.use-version": flowsUseVersion,
  "runs.start": runsStart,
  "runs.get": runsGet,
  "runs.list": runsList,
  "runs.cancel": runsCancel,
  "runs.pause": runsPause,
  "runs.go-on": runsGoOn,
  "letters.list": lettersList,
  "letters.show": lettersShow,
  "letters.raw": lettersRaw,
  "letters.correct": lettersCorrect,
  "letters.retry": lettersRetry,
  "letters.plan": lettersPlan,
  "letters.outcome": lettersOutcome,
  "letters.discard": lettersDiscard,
  "conflicts.list": conflictsList,
  "conflicts.of": conflictsOf,
  "conflicts.show": conflictsShow,
  "conflicts.choose": conflictsChoose,
  "incidents.list": incidentsList,
  "incidents.get": incidentsGet,
  "incidents.snooze": incidentsSnooze,
  "incidents.close": incidentsClose,
  "connectors.list": connectorsList,
  "connectors.propose": connectorsPropose,
  "connectors.versions": connectorsVersions,
  "connectors.use": connectorsUse,
  "connectors.remove": connectorsRemove,
  "approvals.ask": approvalsAsk,
  "approvals.get": approvalsGet,
  "approvals.approve": approvalsApprove,
  "approvals.refuse": approvalsRefuse,
  "connections.list": connectionsList,
  "connections.add": connectionsAdd,
  "connections.invite": connectionsInvite,
  "connections.check": connectionsCheck,
  "connections.remove": connectionsRemove,
  "hooks.show": hooksShow,
  "hooks.renew": hooksRenew,
  "hooks.unsubscribe": hooksUnsubscribe,
  "events.choose": eventsChoose,
  "deliveries.list": deliveriesList,
  "deliveries.plan": deliveriesPlan,
  "deliveries.replay": deliveriesReplay,
  "deliveries.switch-on": deliveriesSwitchOn,
  "hub.owners": hubOwners,
  "hub.set-owners": hubSetOwners,
  "workspace.plan": workspacePlan,
  "workspace.apply": workspaceApply,
  "workspace.export": workspaceExport,
  "digest.show": digestShow,
  "digest.set": digestSet,
  "digest.off": digestOff,
  "people.me": peopleMe,
  "people.list": peopleList,
  "people.grant": peopleGrant,
  "audit.list": auditList,
  health,
};
