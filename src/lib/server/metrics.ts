/** Prometheus text format 0.0.4; figures only, nothing about persons. */
export function renderMetrics(
	figures: { name: string; help: string; type: 'gauge' | 'counter'; value: number }[]
): string {
	return figures
		.map(
			({ name, help, type, value }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`
		)
		.join('');
}
