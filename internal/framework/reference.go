package framework

import (
	"strings"

	"resolute"
)

func readActionLines(called names) []Concept {
	var list []Concept
	readTable("action_lines").each(func(_ int, r record) {
		c := Concept{
			Scheme: ActionLine, Code: r.get("code"), Parent: r.get("parent"), Level: "action line",
			Confidence: r.get("confidence"), Note: r.get("note"),
			Source: "Resolution 30; Geneva Plan of Action and Tunis Agenda annex; ITU pages",
			Attributes: r.attributes("lead_facilitator", "co_facilitators", "tunis_annex_2005", "itu_role_seed_recognizing",
				"itu_role_seed_resolves_11", "itu_role_pp_res_140", "wsis_prize_category", "keywords"),
		}
		called.put(&c, r.get("title"))
		list = append(list, c)
	})
	return list
}

func readGoals(called names) []Concept {
	var list []Concept
	readTable("sdg_goals").each(func(_ int, r record) {
		c := Concept{
			Scheme: Goal, Code: r.get("goal"), Level: "goal", Confidence: "A", Source: "United Nations",
			Attributes: r.attributes("colour_hex", "targets", "indicator_listings"),
		}
		called.put(&c, r.get("short_title"))
		list = append(list, c)
	})
	return list
}

func readTargets(called names) []Concept {
	var list []Concept
	readTable("sdg_targets").each(func(_ int, r record) {
		c := Concept{
			Scheme: Target, Code: r.get("target"), Parent: r.get("goal"), ParentScheme: Goal, Level: "target",
			Confidence: "A", Source: "codes: do-me/SDG (MIT), global framework after the 2023 refinement; label ours",
			Attributes: r.attributes("kind", "names_ict"),
		}
		called.put(&c, r.get("label"))
		list = append(list, c)
	})
	return list
}

func readIndicators(called names) []Concept {
	var list []Concept
	readTable("sdg_indicators").each(func(_ int, r record) {
		c := Concept{
			Scheme: Indicator, Code: r.get("indicator"), Parent: r.get("target"), ParentScheme: Target, Level: "indicator",
			Confidence: "A", Source: "codes: do-me/SDG (MIT); custodians: UN-CRAFd/crafd-reference-datasets, 2026-02; label ours",
			Attributes: r.attributes("unsd_code", "repeats", "custodians", "itu_custodian", "unsd_series"),
		}
		code := c.Code
		if !called.calls(Indicator, code) { // listed again under another target: named as at first
			code = r.get("repeats")
		}
		called.putAs(&c, code, r.get("label"))
		list = append(list, c)
	})
	return list
}

// readFrameworks reads the plans and initiatives; each framework and cycle is a scheme.
func readFrameworks(called names) []Concept {
	var list []Concept
	readTable("frameworks").each(func(_ int, r record) {
		c := Concept{
			Scheme: frameworkKey(r.get("framework"), r.get("cycle")), Code: r.get("code"), Parent: r.get("parent"),
			Level: r.get("level"), Region: r.get("region"), Confidence: r.get("confidence"), Source: r.get("source"),
			Attributes: r.attributes("metric", "target_value", "unit", "deadline"),
		}
		if r.get("parent_kind") == "area" {
			c.ParentScheme = ITURegion
		}
		called.put(&c, r.get("title"))
		list = append(list, c)
	})
	return list
}

// frameworkKey is the key of the scheme of one framework and cycle: codes are used again
// between cycles with another meaning, so the cycle is part of the key.
func frameworkKey(framework, cycle string) string {
	return strings.ToLower(framework) + "-" + strings.TrimSuffix(cycle, "-")
}

// readMatrix reads the WSIS-SDG matrix as mappings. No link is older than the 2030 Agenda, so
// they are valid from its first day.
func readMatrix() []Mapping {
	var list []Mapping
	readTable("wsis_sdg_matrix").each(func(_ int, r record) {
		m := Mapping{
			FromScheme: ActionLine, From: r.get("action_line"), ToScheme: Goal, To: r.get("sdg_goal"), Kind: "related",
			Rationale: r.get("note"), Source: r.get("source"), Confidence: r.get("confidence"), ValidFrom: "2016-01-01",
		}
		if target := r.get("sdg_target"); target != "" {
			m.ToScheme, m.To = Target, target
		}
		list = append(list, m)
	})
	return list
}

func readCountries() []Country {
	var list []Country
	readTable("countries").each(func(_ int, r record) {
		list = append(list, Country{
			ISO2: r.get("iso2"), ISO3: r.get("iso3"), M49: r.get("m49"), Name: r.text("name_"),
			M49Region: r.get("m49_region"), M49Subregion: r.get("m49_subregion"), M49Intermediate: r.get("m49_intermediate"),
			ITUMember: r.flag("itu_member_state"), ITURegion: r.get("itu_region"), ITURegionBasis: r.get("itu_region_basis"),
			UNMember: r.flag("un_member"), Commissions: r.list("un_regional_commissions"),
			AssociateCommissions: r.list("un_regional_commissions_associate"),
			LDCGraduation:        r.get("ldc_graduation"), LDCNote: r.get("ldc_note"),
		})
	})
	return list
}

func readGroups(called names) []Group {
	var list []Group
	readTable("area_groups").each(func(_ int, r record) {
		g := Group{
			Key: r.get("group"), Kind: r.get("kind"), KnownFrom: r.get("known_from"), KnownTo: r.get("known_to"),
			Exclusive: r.flag("exclusive"), Note: r.get("note"), Name: called[nameKey{"area-group", r.get("group"), "title"}].text,
		}
		if g.Name == nil {
			g.Name = resolute.Text{resolute.English: r.get("name_en")}
		}
		list = append(list, g)
	})
	return list
}
