// SPDX-License-Identifier: Apache-2.0
package com.example.notes;

import org.springframework.data.jpa.repository.JpaRepository;

public interface NoteRepository extends JpaRepository<Note, Long> {}
