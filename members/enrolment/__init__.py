"""Opening and closing the cover of an employee at the word of their employer; `employers.workforce` calls it."""
