// The components of govuk-frontend that several pages use, told what to say.
import { Button, Checkboxes, createAll, ErrorSummary, Radios, SkipLink } from "govuk-frontend";

// A radio may not be "expanded" (WAI-ARIA 1.2), and what it reveals stands right below it.
class PlainRadios extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

const EVERYWHERE = [[Button], [Checkboxes], [ErrorSummary], [PlainRadios], [SkipLink]];

export function bringToLife(scope = document, more = []) {
  for (const [component, words] of [...EVERYWHERE, ...more]) createAll(component, words, scope);
}

export function sayThatScriptsRun() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
}
