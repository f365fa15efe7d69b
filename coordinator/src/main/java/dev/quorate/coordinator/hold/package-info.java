/** One process at a time, by a lock of the kernel that ends with the process. */
package dev.quorate.coordinator.hold;
