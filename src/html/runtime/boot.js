/*
 * The last file: it runs the others.
 */

whenReady(start);
