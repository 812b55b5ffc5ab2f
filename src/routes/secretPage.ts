/**
 * For pages whose address holds a secret: it goes to nobody, not even to ourselves as the page one came from, and stays in
 * no cache. Not `no-referrer`: with that browsers send forms without their origin, and those are refused.
 */
export const SECRET_PAGE = { 'referrer-policy': 'strict-origin', 'cache-control': 'no-store' };
