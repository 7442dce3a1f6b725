// SPDX-License-Identifier: Apache-2.0
/** Networks known by name. */
package io.convoy.zoo;
