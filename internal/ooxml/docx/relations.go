package docx

import (
	"path"
	"strings"
)

// relations are the parts that a part refers to, by the last word of their kind.
type relations map[string][]string

// relationsOf reads what a part refers to within the file; what lies outside is passed over. The
// empty part is the package itself.
func (p *pack) relationsOf(part string) (relations, error) {
	folder, file := path.Split(part)
	tree, err := p.tree(folder + "_rels/" + file + ".rels")
	if err != nil || tree == nil {
		return relations{}, err
	}
	list := relations{}
	for _, r := range tree.nodes {
		if r.name != "Relationship" || strings.EqualFold(r.attr("TargetMode"), "External") {
			continue
		}
		kind := path.Base(r.attr("Type"))
		list[kind] = append(list[kind], partName(strings.TrimSuffix(folder, "/"), r.attr("Target")))
	}
	return list, nil
}

// first gives the first part of a kind; empty when there is none.
func (r relations) first(kind string) string {
	if len(r[kind]) == 0 {
		return ""
	}
	return r[kind][0]
}

// body gives the name of the part that holds the text.
func (p *pack) body() (string, error) {
	r, err := p.relationsOf("")
	if err != nil {
		return "", err
	}
	name := r.first("officeDocument")
	if name == "" {
		name = "word/document.xml"
	}
	if p.parts[name] == nil {
		return "", &Refusal{Rule: "docx-no-text", Part: name, Message: "no DOCX: the zip holds no such part"}
	}
	return name, nil
}
