"""The desk for programs: every page has its shape, every act its fields, and every door is the page's."""
