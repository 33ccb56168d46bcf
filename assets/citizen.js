// On every citizen's page: the behaviour of the components that stand there. Without this script every page
// still works.
import { bringToLife, sayThatScriptsRun } from "./components.js";
import "./language.js";
import "./session.js";

sayThatScriptsRun();
bringToLife();
