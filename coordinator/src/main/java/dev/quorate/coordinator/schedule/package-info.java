/**
 * Who rebuilds: a pure choice of builders for a round, so that the policy can be met by them. No builder chooses its own
 * work.
 */
package dev.quorate.coordinator.schedule;
