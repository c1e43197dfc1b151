// Package mandate holds the texts of resolutions: instruments, their revisions, the provisions
// of each, and the threads that give a provision a lasting identity through revisions.
package mandate
