/** Measurements that are started by hand. */
package dev.quorate.it.bench;
