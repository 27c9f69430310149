// On every page: theme switch, local times, copy buttons; formulas only where there are some.
import { connectCopyButtons } from "./copy";
import { findAll } from "./dom";
import { connectThemeSwitch } from "./theme";
import { showLocalTimes } from "./times";

connectThemeSwitch();
connectCopyButtons();
showLocalTimes();

const formulas = findAll(".math");
if (formulas.length > 0) void import("./math").then(({ setFormulas }) => setFormulas(formulas));
