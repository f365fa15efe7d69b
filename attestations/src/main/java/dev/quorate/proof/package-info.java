/** What one builder says about one build: its outputs or its failure, first committed to, then proven. */
package dev.quorate.proof;
