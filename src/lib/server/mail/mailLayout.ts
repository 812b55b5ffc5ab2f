import type { FRAME_WORDS, MailContent } from './mailWords.ts';

type Frame = typeof FRAME_WORDS;

/** A mail as plain text (RFC 3676 is not needed: mail programs break long lines themselves). */
export function asText(content: MailContent, frame: Frame, origin: string): string {
	const { heading, paragraphs, facts, quote, action, note } = content;
	const parts = [
		heading,
		...paragraphs,
		facts
			.map(({ name, value }) => `${name}: ${value.replaceAll('\n', `\n${' '.repeat(name.length + 2)}`)}`)
			.join('\n'),
		quote === null ? '' : quote.replace(/^/gm, '> '),
		action === null ? '' : `${action.name}:\n${action.href}`,
		note,
		`-- \n${frame.sender}\n${origin}`
	];
	return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Colours of light and dark as the pages have them (app.css); mail programs know no custom properties. */
const LIGHT = {
	page: '#f4f2ee',
	card: '#ffffff',
	line: '#e4e0d8',
	ink: '#1d1b18',
	soft: '#5b564e',
	accent: '#0f6b5c'
};
const FONT = "font-family:'Figtree',-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

const STYLE = `
@media (prefers-color-scheme: dark) {
	.page { background: #14161a !important; }
	.card { background: #1c1f24 !important; border-color: #31363e !important; }
	.ink, .ink a { color: #f1efeb !important; }
	.soft, .soft a { color: #b0b3b9 !important; }
	.brand { color: #5cc9b1 !important; }
	.line { border-color: #31363e !important; }
	.button { background: #5cc9b1 !important; border-color: #5cc9b1 !important; color: #06231d !important; }
	.quote { background: #24282e !important; border-color: #5cc9b1 !important; color: #f1efeb !important; }
}
@media (max-width: 480px) {
	.card { padding: 24px 20px !important; }
	.name { display: block !important; padding-bottom: 0 !important; }
	.value { display: block !important; padding-top: 2px !important; border-top: 0 !important; }
	.button { display: block !important; }
}`;

/** A mail as one calm HTML page: a table (mail programs), 600 px, no pictures, its styles beside what they style. */
export function asHtml(content: MailContent, frame: Frame, origin: string): string {
	const { subject, heading, paragraphs, facts, quote, action, note } = content;
	const start = frame.direction === 'rtl' ? 'right' : 'left';
	const body = [
		`<h1 class="ink" style="margin:0 0 16px;${FONT};font-size:24px;line-height:1.25;font-weight:650;color:${LIGHT.ink}">${words(heading)}</h1>`,
		...paragraphs.map((text) => paragraph(text, 'ink', `font-size:16px;color:${LIGHT.ink}`)),
		facts.length === 0 ? '' : factTable(facts, start),
		quote === null ? '' : quoteBlock(quote, start),
		action === null ? '' : button(action),
		paragraph(note, 'soft', `font-size:14px;color:${LIGHT.soft}`),
		action === null
			? ''
			: `<p class="soft line" style="margin:20px 0 0;padding:16px 0 0;border-top:1px solid ${LIGHT.line};${FONT};font-size:13px;line-height:1.5;color:${LIGHT.soft}">${escaped(frame.address)}<br><a href="${escaped(action.href)}" style="color:${LIGHT.soft};word-break:break-all" dir="ltr">${escaped(action.href)}</a></p>`
	];
	return `<!doctype html>
<html lang="${frame.language}" dir="${frame.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>:root { color-scheme: light dark; }${STYLE}</style>
</head>
<body class="page" style="margin:0;padding:0;background:${LIGHT.page}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" style="background:${LIGHT.page}">
<tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;text-align:${start}" dir="${frame.direction}">
<tr><td style="padding:0 8px 16px"><a href="${escaped(origin)}" class="brand" style="${FONT};font-size:19px;font-weight:700;letter-spacing:-0.02em;text-decoration:none;color:${LIGHT.accent}">PeerLearn</a></td></tr>
<tr><td class="card" style="padding:32px;background:${LIGHT.card};border:1px solid ${LIGHT.line};border-radius:16px">
${body.filter((part) => part !== '').join('\n')}
</td></tr>
<tr><td class="soft" style="padding:16px 8px 0;${FONT};font-size:13px;line-height:1.5;color:${LIGHT.soft}">${escaped(frame.sender)} <a href="${escaped(origin)}" style="color:${LIGHT.soft}" dir="ltr">${escaped(origin.replace(/^https?:\/\//, ''))}</a></td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function paragraph(text: string, name: string, style: string): string {
	return `<p class="${name}" style="margin:0 0 16px;${FONT};line-height:1.55;${style}">${words(text)}</p>`;
}

function factTable(facts: MailContent['facts'], start: string): string {
	const cell = `vertical-align:top;${FONT};font-size:15px;line-height:1.5;text-align:${start};border-top:1px solid ${LIGHT.line}`;
	const rows = facts.map(
		({ name, value }) =>
			`<tr><th scope="row" class="soft line name" style="padding:10px 16px 10px 0;width:88px;font-weight:400;color:${LIGHT.soft};${cell}">${escaped(name)}</th>` +
			`<td class="ink line value" style="padding:10px 0;font-weight:600;color:${LIGHT.ink};${cell}">${words(value)}</td></tr>`
	);
	return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;border-collapse:collapse">\n${rows.join('\n')}\n</table>`;
}

function quoteBlock(text: string, start: string): string {
	return `<div class="quote" style="margin:0 0 20px;padding:12px 16px;border-${start}:3px solid ${LIGHT.accent};background:${LIGHT.page};${FONT};font-size:15px;line-height:1.55;color:${LIGHT.ink}">${words(text)}</div>`;
}

function button({ name, href }: { name: string; href: string }): string {
	return `<p style="margin:0 0 20px"><a href="${escaped(href)}" class="button" style="display:inline-block;padding:13px 22px;border:1px solid ${LIGHT.accent};border-radius:10px;background:${LIGHT.accent};${FONT};font-size:16px;font-weight:600;line-height:1.25;text-align:center;text-decoration:none;color:#ffffff">${escaped(name)}</a></p>`;
}

/** Text whose direction is that of its first letter, line by line. */
function words(text: string): string {
	return text
		.split('\n')
		.map((line) => `<bdi style="overflow-wrap:anywhere">${escaped(line)}</bdi>`)
		.join('<br>');
}

function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
