/** What we use of PeerJS: naming it here leaves the rest of the library, such as MessagePack, out of the page. */
export { Peer } from 'peerjs';
