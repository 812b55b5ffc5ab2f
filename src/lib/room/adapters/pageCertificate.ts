/**
 * One certificate for all calls of a page, as `RTCConfiguration` takes it: made beside everything else, and empty until
 * then, so that the browser makes one for the call. With it the safety phrase stays the same over calls made anew.
 */
export function pageCertificate(): () => RTCCertificate[] {
	let certificates: RTCCertificate[] = [];
	// Absent where somebody switched it off.
	if ('RTCPeerConnection' in window)
		RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as AlgorithmIdentifier).then(
			(made) => (certificates = [made]),
			() => undefined
		);
	return () => certificates;
}
