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

// The words for places that do not exist, before their number.
var (
	districts = resolute.Text{"en": "Fictional District", "fr": "District fictif", "es": "Distrito ficticio", "ru": "Вымышленный район", "ar": "المنطقة الخيالية", "zh": "虚构地区"}
	towns     = resolute.Text{"en": "Fictional Town", "fr": "Ville fictive", "es": "Ciudad ficticia", "ru": "Вымышленный город", "ar": "المدينة الخيالية", "zh": "虚构城镇"}
	sites     = resolute.Text{"en": "Fictional Site", "fr": "Site fictif", "es": "Emplazamiento ficticio", "ru": "Вымышленный объект", "ar": "الموقع الخيالي", "zh": "虚构站点"}
)

// nowhere describes such a place.
var nowhere = resolute.Text{
	"en": "The point lies somewhere in the country and marks no real place.",
	"fr": "Le point se trouve quelque part dans le pays et ne désigne aucun lieu réel.",
	"es": "El punto está en alguna parte del país y no señala ningún lugar real.",
	"ru": "Точка находится где-то в стране и не обозначает реального места.",
	"ar": "تقع النقطة في مكان ما من البلد ولا تشير إلى أي مكان حقيقي.",
	"zh": "该点位于该国某处，不代表任何真实地点。",
}

// equipped describes what happens at a site.
var equipped = resolute.Text{
	"en": "Equipment is set up here (fictional).", "fr": "Du matériel est installé ici (fictif).", "es": "Aquí se instala equipo (ficticio).",
	"ru": "Здесь устанавливается оборудование (вымышлено).", "ar": "تُركَّب المعدات هنا (خيالي).", "zh": "在此安装设备（虚构）。",
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
