// The submission page: its panel follows the judging.
import { findAll } from "./dom";
import { followPanel } from "./live";

for (const panel of findAll("[data-panel]")) followPanel(panel);
