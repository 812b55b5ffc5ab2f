/** Enough of an address for its owner to know it, too little for anybody a link was passed on to: `l•••@example.org`. */
export function hiddenAddress(email: string): string {
	const at = email.lastIndexOf('@');
	return at < 1 ? '•••' : `${[...email][0]!}•••${email.slice(at)}`;
}
