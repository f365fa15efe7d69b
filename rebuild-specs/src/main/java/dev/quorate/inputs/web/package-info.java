/**
 * Files over HTTP and trees out of Git.
 *
 * <p>What a spec names is a stranger's wish, so it is asked for with care: only https, or http to a literal loopback
 * address; never an address inside this machine's network; no redirects; no credentials; no prompt; a time limit and a
 * size limit. The pinned digest decides about whatever comes.
 */
package dev.quorate.inputs.web;
