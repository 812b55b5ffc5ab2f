/** A file that was taken away while the archive was being made. */
export class FileGone extends Error {}
