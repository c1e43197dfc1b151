package demo

import "resolute"

// marked is the sentence that every fictional record carries, in six languages.
var marked = resolute.Text{
	"en": "Fictional record for demonstration; nothing in it is real.",
	"fr": "Fiche fictive pour démonstration ; rien n'y est réel.",
	"es": "Registro ficticio de demostración; nada en él es real.",
	"ru": "Вымышленная запись для демонстрации; в ней нет ничего реального.",
	"ar": "سجل خيالي لأغراض العرض؛ لا شيء فيه حقيقي.",
	"zh": "演示用虚构记录；其中没有任何真实内容。",
}

// phase is the word that numbers repeated work, before the number.
var phase = resolute.Text{"en": "phase", "fr": "phase", "es": "fase", "ru": "этап", "ar": "المرحلة", "zh": "阶段"}

// component is the word for a part of a larger activity, before its number.
var component = resolute.Text{"en": "component", "fr": "composante", "es": "componente", "ru": "компонент", "ar": "المكوّن", "zh": "组成部分"}

// fictional is the mark behind each title.
var fictional = resolute.Text{"en": "fictional", "fr": "fictif", "es": "ficticio", "ru": "вымышленный проект", "ar": "خيالي", "zh": "虚构"}

// report is the title of a document that an activity publishes.
var report = resolute.Text{
	"en": "Progress report (fictional)", "fr": "Rapport d’étape (fictif)", "es": "Informe de avance (ficticio)",
	"ru": "Отчёт о ходе работы (вымышленный)", "ar": "تقرير مرحلي (خيالي)", "zh": "进展报告（虚构）",
}

// in gives the passages of a text in some languages.
func in(t resolute.Text, langs []resolute.Lang) resolute.Text {
	out := resolute.Text{}
	for _, l := range langs {
		if passage := t[l]; passage != "" {
			out[l] = passage
		}
	}
	return out
}
