package demo

import "resolute"

// theme is a kind of work that the demonstration repeats: what it is called in six languages
// and what its publisher would state about it.
type theme struct {
	kind    string // activity kind
	sector  string // ITU Sector
	line    string // action line; empty: left to the rules
	dac     string // DAC sector code
	goal    string // stated goal, empty: none
	target  string // stated target, empty: none
	threads []string
	title   resolute.Text
}

// themes are spread unevenly over the mandate on purpose: some paragraphs and lines stay
// without any activity, because gaps are what the product is for.
var themes = []theme{
	{kind: "project", sector: "D", line: "C2", dac: "22020", target: "9.c", threads: []string{"R5"}, title: resolute.Text{
		"en": "Rural backbone", "fr": "Réseau dorsal rural", "es": "Red troncal rural",
		"ru": "Сельская магистральная сеть", "ar": "شبكة أساسية ريفية", "zh": "农村骨干网"}},
	{kind: "project", sector: "D", line: "C2", dac: "22040", target: "9.1", threads: []string{"R10"}, title: resolute.Text{
		"en": "Internet exchange point", "fr": "Point d'échange Internet", "es": "Punto de intercambio de Internet",
		"ru": "Точка обмена интернет-трафиком", "ar": "نقطة تبادل إنترنت", "zh": "互联网交换点"}},
	{kind: "training", sector: "D", line: "C4", dac: "11330", goal: "4", threads: []string{"F2", "F1.ii"}, title: resolute.Text{
		"en": "Digital skills for teachers", "fr": "Compétences numériques pour enseignants", "es": "Competencias digitales para docentes",
		"ru": "Цифровые навыки для учителей", "ar": "مهارات رقمية للمعلمين", "zh": "教师数字技能"}},
	{kind: "assistance", sector: "D", line: "C5", dac: "22010", target: "16.10", threads: []string{"R8"}, title: resolute.Text{
		"en": "National incident response team", "fr": "Équipe nationale d'intervention en cas d'incident", "es": "Equipo nacional de respuesta a incidentes",
		"ru": "Национальная группа реагирования на инциденты", "ar": "الفريق الوطني للاستجابة للحوادث", "zh": "国家事件响应小组"}},
	{kind: "assistance", sector: "D", line: "", dac: "22010", threads: []string{"R7"}, title: resolute.Text{
		"en": "Telecommunication law review", "fr": "Révision du droit des télécommunications", "es": "Revisión de la ley de telecomunicaciones",
		"ru": "Пересмотр закона об электросвязи", "ar": "مراجعة قانون الاتصالات", "zh": "电信法审查"}},
	{kind: "project", sector: "D", line: "C7.1", dac: "15110", goal: "16", title: resolute.Text{
		"en": "Online public services", "fr": "Services publics en ligne", "es": "Servicios públicos en línea",
		"ru": "Государственные услуги онлайн", "ar": "الخدمات العامة عبر الإنترنت", "zh": "在线公共服务"}},
	{kind: "project", sector: "D", line: "C7.3", dac: "11220", goal: "4", title: resolute.Text{
		"en": "Connected schools", "fr": "Écoles connectées", "es": "Escuelas conectadas",
		"ru": "Подключение школ", "ar": "المدارس الموصولة", "zh": "联网学校"}},
	{kind: "project", sector: "D", line: "C7.4", dac: "12220", target: "3.8", title: resolute.Text{
		"en": "Telemedicine for district hospitals", "fr": "Télémédecine pour les hôpitaux de district", "es": "Telemedicina para hospitales de distrito",
		"ru": "Телемедицина для районных больниц", "ar": "التطبيب عن بُعد لمستشفيات المناطق", "zh": "地区医院远程医疗"}},
	{kind: "programme", sector: "D", line: "C7.7", dac: "31166", target: "2.3", title: resolute.Text{
		"en": "Market prices by phone for farmers", "fr": "Prix du marché par téléphone pour les agriculteurs", "es": "Precios de mercado por teléfono para agricultores",
		"ru": "Рыночные цены по телефону для фермеров", "ar": "أسعار السوق عبر الهاتف للمزارعين", "zh": "农民电话市价服务"}},
	{kind: "publication", sector: "D", line: "", dac: "16062", target: "17.18", threads: []string{"R9"}, title: resolute.Text{
		"en": "Household survey on ICT use", "fr": "Enquête ménages sur l'usage des TIC", "es": "Encuesta de hogares sobre el uso de las TIC",
		"ru": "Обследование домохозяйств по использованию ИКТ", "ar": "مسح الأسر المعيشية بشأن استعمال تكنولوجيا المعلومات والاتصالات", "zh": "家庭信息通信技术使用调查"}},
	{kind: "agreement", sector: "D", line: "C11", dac: "22010", goal: "17", threads: []string{"F1.iii", "F9"}, title: resolute.Text{
		"en": "Cooperation agreement with a regional body", "fr": "Accord de coopération avec un organisme régional", "es": "Acuerdo de cooperación con un organismo regional",
		"ru": "Соглашение о сотрудничестве с региональным органом", "ar": "اتفاق تعاون مع هيئة إقليمية", "zh": "与区域机构的合作协议"}},
	{kind: "event", sector: "GS", line: "C1", dac: "43010", threads: []string{"R1"}, title: resolute.Text{
		"en": "Multistakeholder coordination meeting", "fr": "Réunion de coordination multi-parties prenantes", "es": "Reunión de coordinación de múltiples partes interesadas",
		"ru": "Координационное совещание заинтересованных сторон", "ar": "اجتماع تنسيق لأصحاب المصلحة المتعددين", "zh": "多利益相关方协调会议"}},
	{kind: "programme", sector: "D", line: "C7.2", dac: "32130", target: "8.3", threads: []string{"F3"}, title: resolute.Text{
		"en": "Digital tools for small enterprises", "fr": "Outils numériques pour les petites entreprises", "es": "Herramientas digitales para pequeñas empresas",
		"ru": "Цифровые инструменты для малых предприятий", "ar": "أدوات رقمية للمنشآت الصغيرة", "zh": "小企业数字工具"}},
	{kind: "project", sector: "R", line: "C2", dac: "22030", goal: "11", threads: []string{"I4"}, title: resolute.Text{
		"en": "Emergency radio coverage", "fr": "Couverture radio d'urgence", "es": "Cobertura de radio de emergencia",
		"ru": "Аварийное радиопокрытие", "ar": "تغطية راديوية للطوارئ", "zh": "应急无线电覆盖"}},
	{kind: "publication", sector: "T", line: "C6", dac: "22040", goal: "9", threads: []string{"I4"}, title: resolute.Text{
		"en": "Guidelines on accessible services", "fr": "Lignes directrices sur les services accessibles", "es": "Directrices sobre servicios accesibles",
		"ru": "Руководство по доступным услугам", "ar": "مبادئ توجيهية بشأن الخدمات الميسرة", "zh": "无障碍服务指南"}},
	{kind: "project", sector: "D", line: "C8", dac: "16061", title: resolute.Text{
		"en": "Local content in national languages", "fr": "Contenus locaux en langues nationales", "es": "Contenidos locales en lenguas nacionales",
		"ru": "Местный контент на национальных языках", "ar": "محتوى محلي باللغات الوطنية", "zh": "民族语言本地内容"}},
}

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

// fictional is the mark behind each title.
var fictional = resolute.Text{"en": "fictional", "fr": "fictif", "es": "ficticio", "ru": "вымышленный проект", "ar": "خيالي", "zh": "虚构"}

// publisher is one fictional reporting organisation.
type publisher struct {
	ref, kind, currency string
	lang                resolute.Lang
	name                resolute.Text
}

var publishers = []publisher{
	{"ZZ-DEMO-001", "40", "USD", "en", resolute.Text{"en": "Fictional Agency One", "fr": "Agence fictive Un", "es": "Agencia ficticia Uno", "ru": "Вымышленное агентство Один", "ar": "الوكالة الخيالية الأولى", "zh": "虚构机构一"}},
	{"ZZ-DEMO-002", "10", "EUR", "fr", resolute.Text{"en": "Fictional Ministry Two", "fr": "Ministère fictif Deux", "ru": "Вымышленное министерство Два", "ar": "الوزارة الخيالية الثانية", "zh": "虚构部委二"}},
	{"ZZ-DEMO-003", "10", "USD", "ar", resolute.Text{"en": "Fictional Authority Three", "ar": "الهيئة الخيالية الثالثة"}},
	{"ZZ-DEMO-004", "60", "CHF", "en", resolute.Text{"en": "Fictional Foundation Four"}},
	{"ZZ-DEMO-005", "10", "USD", "es", resolute.Text{"en": "Fictional Regulator Five", "es": "Regulador ficticio Cinco"}},
	{"ZZ-DEMO-006", "80", "CNY", "zh", resolute.Text{"en": "Fictional Institute Six", "zh": "虚构研究院六"}},
	{"ZZ-DEMO-007", "10", "RUB", "ru", resolute.Text{"en": "Fictional Administration Seven", "ru": "Вымышленная администрация Семь"}},
	{"ZZ-DEMO-008", "70", "USD", "en", resolute.Text{"en": "Fictional Operator Eight"}},
}
